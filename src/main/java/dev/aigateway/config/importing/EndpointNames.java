package dev.aigateway.config.importing;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Gives each endpoint a name of its own that our schema accepts; names that are good stay. Used for one file. */
final class EndpointNames {
    private final Predicate<String> accepted;
    private final Set<String> given = new HashSet<>();

    EndpointNames(Set<String> wanted, Predicate<String> accepted) {
        this.accepted = accepted;
        wanted.stream().filter(accepted).forEach(given::add);
    }

    String ours(String wanted) {
        if (accepted.test(wanted)) {
            return wanted;
        }
        String words = ProviderNames.words(wanted);
        String base = words.isEmpty() ? "endpoint" : accepted.test(words) ? words : words + "-endpoint";
        String name = base;
        for (int i = 2; !given.add(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }
}
