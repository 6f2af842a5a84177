package dev.aigateway.routing.state;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened at a provider or with a key, in numbers. Safe for concurrent use. */
public final class Counters {
    private final LongAdder[] events = adders(Event.values().length);
    private final LongAdder[] failures = adders(Cause.values().length);
    private final LongAdder[] cooldowns = adders(Cause.values().length);

    /** What is counted without a cause. */
    public enum Event {
        /** A client's request came here for the first time. */
        REQUEST,
        ATTEMPT,
        /** An answer was given to its end. */
        SERVED,
        /** The provider refused what the client asked for. */
        REFUSED_REQUEST,
        /** A request that had failed here was tried here again. */
        RETRY,
        /** A request that had failed elsewhere came here. */
        FAIL_OVER,
        /** A breaker gave the provider, or one of its models, up. */
        BREAKER_OPENED
    }

    public void count(Event event) {
        events[event.ordinal()].increment();
    }

    public void failure(Cause cause) {
        failures[cause.ordinal()].increment();
    }

    public void cooldown(Cause cause) {
        cooldowns[cause.ordinal()].increment();
    }

    public long of(Event event) {
        return events[event.ordinal()].sum();
    }

    /** Only causes that have happened. */
    public Map<Cause, Long> failures() {
        return happened(failures);
    }

    /** The same of cooldowns. */
    public Map<Cause, Long> cooldowns() {
        return happened(cooldowns);
    }

    private static Map<Cause, Long> happened(LongAdder[] adders) {
        Map<Cause, Long> happened = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            long count = adders[cause.ordinal()].sum();
            if (count > 0) {
                happened.put(cause, count);
            }
        }
        return happened;
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        Arrays.setAll(adders, ignored -> new LongAdder());
        return adders;
    }
}
