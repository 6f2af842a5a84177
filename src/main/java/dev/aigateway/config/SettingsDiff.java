package dev.aigateway.config;

import dev.aigateway.config.Settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is different between two sets of settings, in words that hold no secret. */
final class SettingsDiff {
    private static final Pattern PROVIDER = Pattern.compile("providers\\.[^.\\[]+(?=\\.)|providers\\[\\d+]");
    private static final Pattern KEY = Pattern.compile("(.*\\.api-keys)\\[\\d+]\\.(.+)");

    private final Map<String, Setting> before;
    private final Map<String, Setting> after;

    SettingsDiff(SortedMap<String, Setting> before, SortedMap<String, Setting> after) {
        this.before = before;
        this.after = after;
    }

    /** One entry for each key that changed, and for each provider that came or went. */
    List<String> changes() {
        Set<String> changes = new LinkedHashSet<>();
        for (String path : paths()) {
            if (!isInherited(path)) {
                changes.add(change(path));
            }
        }
        return List.copyOf(changes);
    }

    /** The keys alone. */
    List<String> paths() {
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        List<String> changed = new ArrayList<>();
        for (String path : all) {
            if (differs(path)) {
                changed.add(path);
            }
        }
        return changed;
    }

    private boolean differs(String path) {
        Setting old = before.get(path);
        Setting now = after.get(path);
        return old == null || now == null || !old.value().equals(now.value());
    }

    /** A key of a provider sees the provider's settings as its own; they changed once. */
    private boolean isInherited(String path) {
        Matcher key = KEY.matcher(path);
        if (!key.matches()) {
            return false;
        }
        String provider = key.group(1).substring(0, key.group(1).length() - ".api-keys".length());
        String own = provider + "." + key.group(2);
        return (before.containsKey(own) || after.containsKey(own)) && differs(own);
    }

    private String change(String path) {
        Matcher provider = PROVIDER.matcher(path);
        if (provider.lookingAt()) {
            String name = provider.group();
            if (!hasBelow(before, name)) {
                return name + " added";
            }
            if (!hasBelow(after, name)) {
                return name + " removed";
            }
        }
        return single(path);
    }

    private String single(String path) {
        Setting old = before.get(path);
        Setting now = after.get(path);
        if (old == null) {
            return now != null && now.isShown() ? path + " set to " + now.shown() : path + " added";
        }
        if (now == null) {
            return path + " removed";
        }
        return old.isShown() && now.isShown() ? path + " " + old.shown() + " -> " + now.shown() : path + " changed";
    }

    private static boolean hasBelow(Map<String, Setting> settings, String name) {
        return settings.keySet().stream().anyMatch(path -> path.startsWith(name + "."));
    }
}
