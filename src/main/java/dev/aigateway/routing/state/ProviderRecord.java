package dev.aigateway.routing.state;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Everything that this process remembers of one provider beside {@link SharedState}. Safe for concurrent use. */
public final class ProviderRecord {
    private final String name;
    private final Capacity capacity = new Capacity();
    private final Latency streamLatency = new Latency();
    private final Latency wholeLatency = new Latency();
    private final Counters counters = new Counters();
    private final Durations firstByte;
    private final Durations duration;
    private final LongAdder running = new LongAdder();
    private final RetryBudget budget;
    private final Map<KeyId, Counters> keys = new ConcurrentHashMap<>();

    ProviderRecord(String name, long now) {
        this.name = name;
        this.budget = new RetryBudget(now);
        this.firstByte = new Durations(now);
        this.duration = new Durations(now);
    }

    public String name() {
        return name;
    }

    public Capacity capacity() {
        return capacity;
    }

    /** @param stream of answers in pieces, or of whole ones, which begin when they are complete */
    public Latency latency(boolean stream) {
        return stream ? streamLatency : wholeLatency;
    }

    public Counters counters() {
        return counters;
    }

    /** How long answers took to begin. */
    public Durations firstByte() {
        return firstByte;
    }

    /** How long attempts took that an answer came of. */
    public Durations duration() {
        return duration;
    }

    public void began() {
        running.increment();
    }

    public void ended() {
        running.decrement();
    }

    /** How many attempts run, whether there is a limit or not. */
    public long running() {
        return running.sum();
    }

    public RetryBudget budget() {
        return budget;
    }

    /** Only keys of the configuration get here, so there is no end of them to fear. */
    public Counters counters(KeyId key) {
        return keys.computeIfAbsent(key, ignored -> new Counters());
    }
}
