package dev.aigateway.config.importing;

import java.util.HashSet;
import java.util.Set;

/** Gives each provider a name of its own that our schema accepts. */
final class ProviderNames {
    private final Set<String> given = new HashSet<>();

    /** @param otherwise for a name without any letter or digit */
    String next(String wanted, String otherwise) {
        String words = wanted.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        String base = words.isEmpty() ? otherwise : words;
        String name = base;
        for (int i = 2; !given.add(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }
}
