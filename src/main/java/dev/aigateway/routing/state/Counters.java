package dev.aigateway.routing.state;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many attempts a provider or a key has had, and how they failed. Safe for concurrent use. */
public final class Counters {
    private final LongAdder attempts = new LongAdder();
    private final LongAdder[] failures = new LongAdder[Cause.values().length];

    public Counters() {
        Arrays.setAll(failures, ignored -> new LongAdder());
    }

    public void attempt() {
        attempts.increment();
    }

    public void failure(Cause cause) {
        failures[cause.ordinal()].increment();
    }

    public long attempts() {
        return attempts.sum();
    }

    /** Only causes that have happened. */
    public Map<Cause, Long> failures() {
        Map<Cause, Long> happened = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            long count = failures[cause.ordinal()].sum();
            if (count > 0) {
                happened.put(cause, count);
            }
        }
        return happened;
    }
}
