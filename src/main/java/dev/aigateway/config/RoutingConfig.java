package dev.aigateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model's name means, and who serves it in what order.
 *
 * @param strategy among the providers of a model
 * @param keys among the keys of a provider
 * @param models strategies for single models, by a pattern of the name that clients ask for; the first that fits decides
 * @param modelMapping other names for models, by patterns of what clients ask for
 * @param fallbacks models to go on with when nobody could serve the first, in order; without cycles
 * @param forceModelPrefix whether providers with a prefix are reached by it only
 * @param lastResort whether a request is tried all the same when everybody who could serve it is being spared
 * @param listProviderModels whether the list of models has the form {@code provider,model} as well
 */
public record RoutingConfig(
        RoutingStrategy strategy,
        RoutingStrategy keys,
        Map<Glob, RoutingStrategy> models,
        Map<Glob, String> modelMapping,
        Map<String, List<String>> fallbacks,
        boolean forceModelPrefix,
        boolean lastResort,
        boolean listProviderModels) {
    public static final RoutingConfig DEFAULT = new RoutingConfig(
            RoutingStrategy.FAILOVER, RoutingStrategy.ROUND_ROBIN, Map.of(), Map.of(), Map.of(), false, false, false);

    public RoutingConfig {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        modelMapping = Collections.unmodifiableMap(new LinkedHashMap<>(modelMapping));
        fallbacks = Collections.unmodifiableMap(new LinkedHashMap<>(fallbacks));
    }

    /** @param model as the client asked for it */
    public RoutingStrategy strategyFor(String model) {
        return models.entrySet().stream()
                .filter(entry -> entry.getKey().matches(model))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(strategy);
    }
}
