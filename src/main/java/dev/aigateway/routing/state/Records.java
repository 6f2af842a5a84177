package dev.aigateway.routing.state;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The records of all providers, by name. Safe for concurrent use. */
public final class Records {
    private final LongSupplier clock;
    private final Map<String, ProviderRecord> providers = new ConcurrentHashMap<>();

    /** @param clock milliseconds since the epoch */
    public Records(LongSupplier clock) {
        this.clock = clock;
    }

    public ProviderRecord of(String provider) {
        ProviderRecord known = providers.get(provider);
        return known != null
                ? known
                : providers.computeIfAbsent(provider, ignored -> new ProviderRecord(clock.getAsLong()));
    }
}
