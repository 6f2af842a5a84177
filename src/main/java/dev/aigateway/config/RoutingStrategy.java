package dev.aigateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In what order those that can serve a request are tried: providers of a model, or keys of a provider. */
public enum RoutingStrategy {
    /** By {@code priority}, then as configured. */
    FAILOVER,
    /** Each in turn, whatever the weights. */
    ROUND_ROBIN,
    /** Smooth weighted round-robin: shares by weight, without bursts. */
    WEIGHTED,
    /** By chance, in proportion to the weights. */
    RANDOM,
    /** As configured: the first as long as it can. */
    FILL_FIRST,
    /** The one that has lately begun to answer soonest. */
    LEAST_LATENCY,
    /** The same conversation stays where its prompt is cached. */
    SESSION;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<RoutingStrategy> named(String label) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(RoutingStrategy::label).toList();
    }
}
