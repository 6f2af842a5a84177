package dev.aigateway.routing.state;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What this process remembers: the records of all providers, by name, and who is switched off. Safe for concurrent use. */
public final class Records {
    private final LongSupplier clock;
    private final Map<String, ProviderRecord> providers = new ConcurrentHashMap<>();
    private final Switches switches = new Switches();

    /** @param clock milliseconds since the epoch */
    public Records(LongSupplier clock) {
        this.clock = clock;
    }

    public ProviderRecord of(String provider) {
        ProviderRecord known = providers.get(provider);
        return known != null
                ? known
                : providers.computeIfAbsent(provider, name -> new ProviderRecord(name, clock.getAsLong()));
    }

    /** Who is switched off. */
    public Switches switches() {
        return switches;
    }

    /** Everybody who was ever asked for. */
    public Set<String> names() {
        return Set.copyOf(providers.keySet());
    }
}
