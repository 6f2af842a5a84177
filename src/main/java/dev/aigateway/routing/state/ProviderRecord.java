package dev.aigateway.routing.state;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that this process remembers of one provider beside {@link SharedState}. Safe for concurrent use. */
public final class ProviderRecord {
    private final Capacity capacity = new Capacity();
    private final Latency latency = new Latency();
    private final Counters counters = new Counters();
    private final RetryBudget budget;
    private final Map<KeyId, Counters> keys = new ConcurrentHashMap<>();

    ProviderRecord(long now) {
        this.budget = new RetryBudget(now);
    }

    public Capacity capacity() {
        return capacity;
    }

    public Latency latency() {
        return latency;
    }

    public Counters counters() {
        return counters;
    }

    public RetryBudget budget() {
        return budget;
    }

    /** Only keys of the configuration get here, so there is no end of them to fear. */
    public Counters counters(KeyId key) {
        return keys.computeIfAbsent(key, ignored -> new Counters());
    }
}
