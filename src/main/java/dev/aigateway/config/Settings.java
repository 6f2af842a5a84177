package dev.aigateway.config;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every single value that a loading read, by the path of its key. It tells what a reload changes without knowing what the
 * settings mean: numbers, times and choices are shown, all other values never. Used by one thread while it is filled.
 */
final class Settings {
    private static final Pattern ENTRY = Pattern.compile("(providers)\\[(\\d+)](.*)");

    private final SortedMap<String, Setting> byPath = new TreeMap<>();

    /** @param shown the text as it was written; empty when it may hold a secret */
    record Setting(Object value, String shown) {
        static Setting of(Object value, String text) {
            boolean harmless = value instanceof Number
                    || value instanceof Boolean
                    || value instanceof Duration
                    || value instanceof Enum<?>;
            return new Setting(value, harmless ? text : "");
        }

        boolean isShown() {
            return !shown.isEmpty();
        }
    }

    void put(String path, Object value, String text) {
        byPath.put(path, Setting.of(value, text));
    }

    /** Those whose path fits; providers go by their names, which stay when their places change. */
    SortedMap<String, Setting> named(Predicate<String> wanted) {
        SortedMap<String, Setting> named = new TreeMap<>();
        byPath.forEach((path, setting) -> {
            String name = named(path);
            if (wanted.test(name)) {
                named.put(name, setting);
            }
        });
        return named;
    }

    private String named(String path) {
        Matcher matcher = ENTRY.matcher(path);
        if (!matcher.matches()) {
            return path;
        }
        String entry = matcher.group(1) + "[" + matcher.group(2) + "]";
        Setting name = byPath.getOrDefault(entry + ".name", byPath.get(entry + ".type"));
        return name == null ? path : matcher.group(1) + "." + label(name) + matcher.group(3);
    }

    private static String label(Setting name) {
        return name.value() instanceof ProviderType type
                ? type.label()
                : name.value().toString();
    }

    /** For the settings of the framework, which are texts for us. */
    void putAll(Map<String, String> properties) {
        properties.forEach((name, text) -> put(name, text, text));
    }
}
