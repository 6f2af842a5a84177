package dev.aigateway.routing;

import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A provider with those of its keys that come into question. Immutable. */
record Bidder(ProviderConfig provider, List<KeyView> keys) {
    Bidder {
        keys = List.copyOf(keys);
    }

    /** With all keys, whether they may be used or not. */
    static Bidder of(ProviderConfig provider, boolean forcePrefix) {
        if (provider.keys().isEmpty()) {
            return new Bidder(provider, List.of(KeyView.keyless(provider, forcePrefix)));
        }
        List<KeyView> keys = new ArrayList<>();
        for (int i = 0; i < provider.keys().size(); i++) {
            keys.add(KeyView.of(provider.keys().get(i), i, forcePrefix));
        }
        return new Bidder(provider, keys);
    }

    /** Whether the operator lets the key be used. */
    boolean isEnabled(KeyView view) {
        List<KeyConfig> configured = provider.keys();
        return !provider.disabled()
                && (configured.isEmpty() || !configured.get(view.index()).disabled());
    }

    Bidder only(Predicate<KeyView> keep) {
        return new Bidder(provider, keys.stream().filter(keep).toList());
    }

    /** @param ids what each key would ask the upstream for; nothing when it does not serve the model */
    Optional<Offer> offer(Function<KeyView, List<String>> ids) {
        List<Candidate> candidates = new ArrayList<>(keys.size());
        for (KeyView key : keys) {
            for (String id : ids.apply(key)) {
                candidates.add(key.candidate(id));
            }
        }
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(new Offer(provider.name(), provider.share(), candidates));
    }
}
