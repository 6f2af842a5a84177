package dev.aigateway.routing;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.ProviderConfig;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Finds the candidates for a model, in the order of the configuration. The keys of a provider take turns.
 *
 * <p>Safe for concurrent use: the index is immutable, the turn of the keys an atomic counter.
 */
@Singleton
public class ProviderPool {
    private final ModelIndex index;
    private final Map<String, AtomicInteger> keyTurns = new ConcurrentHashMap<>();

    public ProviderPool(CurrentConfig current) {
        this.index = new ModelIndex(current.get());
    }

    /** Every way to serve {@code model}, best first; empty when nobody does. */
    public List<Candidate> candidates(String model) {
        return rotated(index.resolve(model));
    }

    /** The same among the providers that can do what is asked. */
    public List<Candidate> candidates(String model, Predicate<ProviderConfig> able) {
        return rotated(index.resolve(model, able));
    }

    /** The models that clients can ask for by name, in the order of the configuration. */
    public List<ServedModel> models() {
        return index.models();
    }

    private List<Candidate> rotated(Resolution resolution) {
        List<Candidate> candidates = new ArrayList<>();
        resolution.tiers().forEach(tier -> tier.forEach(offer -> addKeys(offer, candidates)));
        return candidates;
    }

    private void addKeys(Offer offer, List<Candidate> candidates) {
        List<Candidate> keys = offer.candidates();
        int first = keys.size() == 1 ? 0 : Math.floorMod(turn(offer).getAndIncrement(), keys.size());
        candidates.addAll(keys.subList(first, keys.size()));
        candidates.addAll(keys.subList(0, first));
    }

    private AtomicInteger turn(Offer offer) {
        return keyTurns.computeIfAbsent(offer.provider(), ignored -> new AtomicInteger());
    }
}
