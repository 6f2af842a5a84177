package dev.aigateway.config.importing;

import java.util.HashSet;
import java.util.Set;

/** Gives each provider a name of its own that our schema accepts. */
final class ProviderNames {
    private final Set<String> given = new HashSet<>();

    /** @param otherwise for a name without any letter or digit */
    String next(String wanted, String otherwise) {
        String words = words(wanted);
        String base = words.isEmpty() ? otherwise : words;
        String name = base;
        for (int i = 2; !given.add(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    /** What is left of a name without the characters that we do not take; may be empty. */
    static String words(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
    }
}
