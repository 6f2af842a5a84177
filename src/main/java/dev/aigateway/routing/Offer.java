package dev.aigateway.routing;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.ShareConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One provider that can serve a model.
 *
 * @param share how much of the traffic the provider gets; that of a key is in its candidate's provider
 * @param candidates at least one: the usable keys as configured, each once for every id that the provider has under the
 *     name
 */
public record Offer(String provider, ShareConfig share, List<Candidate> candidates) {
    public Offer {
        candidates = List.copyOf(candidates);
    }

    /** Whether several ids of the provider stand behind one name, so that a key alone does not say what is asked. */
    boolean isPool() {
        return !candidates.getFirst().model().equals(candidates.getLast().model());
    }

    /** What is left of it with those that can do what is asked. */
    Optional<Offer> among(Predicate<ProviderConfig> able) {
        List<Candidate> left = candidates.stream()
                .filter(candidate -> able.test(candidate.provider()))
                .toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new Offer(provider, share, left));
    }
}
