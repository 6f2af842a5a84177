package dev.aigateway.routing;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ModelConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Finds the candidates for a model: first the providers that list it by id or alias, in the order of the configuration;
 * when none does, the providers that list no models at all and so take any. The keys of a provider take turns.
 *
 * <p>Safe for concurrent use: the index is immutable, the turn of the keys an atomic counter.
 */
@Singleton
public class ProviderPool {
    private final SequencedMap<String, List<ServedModel>> served = new LinkedHashMap<>();
    private final List<ProviderConfig> takesAny = new ArrayList<>();
    private final Map<String, AtomicInteger> keyTurns = new ConcurrentHashMap<>();

    public ProviderPool(CurrentConfig current) {
        GatewayConfig config = current.get();
        for (ProviderConfig provider : config.providers()) {
            if (provider.disabled()) {
                continue;
            }
            if (provider.models().listed().isEmpty()) {
                takesAny.add(provider);
            }
            for (ModelConfig model : provider.models().listed()) {
                String name = model.alias().orElse(model.id());
                served.computeIfAbsent(name, ignored -> new ArrayList<>())
                        .add(new ServedModel(name, model.id(), provider));
            }
        }
    }

    /** Every way to serve {@code model}, best first; empty when nobody does. */
    public List<Candidate> candidates(String model) {
        return candidates(model, provider -> true);
    }

    /** The same among the providers that can do what is asked. */
    public List<Candidate> candidates(String model, Predicate<ProviderConfig> able) {
        List<ServedModel> owners = served.getOrDefault(model, List.of()).stream()
                .filter(owner -> able.test(owner.provider()))
                .toList();
        if (owners.isEmpty()) {
            owners = takesAny.stream()
                    .filter(able)
                    .map(provider -> new ServedModel(model, model, provider))
                    .toList();
        }
        List<Candidate> candidates = new ArrayList<>();
        owners.forEach(owner -> addKeys(owner, candidates));
        return candidates;
    }

    /** The models that clients can ask for by name, in the order of the configuration. */
    public List<ServedModel> models() {
        return served.values().stream().map(List::getFirst).toList();
    }

    private void addKeys(ServedModel owner, List<Candidate> candidates) {
        List<Secret> keys =
                owner.provider().keys().stream().map(key -> key.secret()).toList();
        if (keys.isEmpty()) {
            candidates.add(new Candidate(owner.provider(), Optional.empty(), 0, owner.upstreamId()));
            return;
        }
        int first = Math.floorMod(turn(owner.provider()).getAndIncrement(), keys.size());
        for (int i = 0; i < keys.size(); i++) {
            int index = (first + i) % keys.size();
            candidates.add(new Candidate(owner.provider(), Optional.of(keys.get(index)), index, owner.upstreamId()));
        }
    }

    private AtomicInteger turn(ProviderConfig provider) {
        return keyTurns.computeIfAbsent(provider.name(), ignored -> new AtomicInteger());
    }
}
