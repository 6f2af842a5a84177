package dev.aigateway.routing.state;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long something took: how often, the sum, and quantiles of the last one to two {@link #PERIOD_MILLIS periods}. A
 * quantile is the upper bound of a bucket and at most one eighth too high. Lock-free; some kilobytes, whatever comes.
 */
public final class Durations {
    static final long PERIOD_MILLIS = 300_000;
    /** Buckets within a power of two: the width of each is an eighth of its lower bound. */
    private static final int STEPS = 8;

    private static final int STEP_BITS = 3;
    /** Up to 2^31 ms. */
    private static final int BUCKETS = STEPS * 29 + STEPS;

    private final LongAdder count = new LongAdder();
    private final LongAdder totalMillis = new LongAdder();
    private final AtomicReference<Window> window;

    private record Window(long begin, AtomicLongArray now, AtomicLongArray before) {
        static Window at(long begin, AtomicLongArray before) {
            return new Window(begin, new AtomicLongArray(BUCKETS), before);
        }
    }

    public Durations(long now) {
        this.window = new AtomicReference<>(Window.at(now, new AtomicLongArray(BUCKETS)));
    }

    /** @param now milliseconds since the epoch */
    public void saw(long millis, long now) {
        long shown = Math.max(0, millis);
        count.increment();
        totalMillis.add(shown);
        current(now).now.incrementAndGet(bucket(shown));
    }

    public long count() {
        return count.sum();
    }

    public long totalMillis() {
        return totalMillis.sum();
    }

    /** In milliseconds; 0 when nothing was seen lately. */
    public long quantile(double share, long now) {
        Window seen = current(now);
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += seen.now.get(i) + seen.before.get(i);
        }
        long rank = Math.max(1, (long) Math.ceil(share * all));
        long passed = 0;
        for (int i = 0; i < BUCKETS && all > 0; i++) {
            passed += seen.now.get(i) + seen.before.get(i);
            if (passed >= rank) {
                return upperBound(i);
            }
        }
        return 0;
    }

    private Window current(long now) {
        Window seen = window.get();
        long age = now - seen.begin;
        if (age < PERIOD_MILLIS && !SetBack.between(seen.begin, now)) {
            return seen;
        }
        AtomicLongArray before = age < 2 * PERIOD_MILLIS ? seen.now : new AtomicLongArray(BUCKETS);
        window.compareAndSet(seen, Window.at(now, before));
        return window.get();
    }

    private static int bucket(long millis) {
        long bounded = Math.min(millis, Integer.MAX_VALUE);
        if (bounded < STEPS) {
            return (int) bounded;
        }
        int power = 63 - Long.numberOfLeadingZeros(bounded);
        int step = (int) (bounded >> (power - STEP_BITS)) - STEPS;
        return (power - STEP_BITS + 1) * STEPS + step;
    }

    private static long upperBound(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return ((long) (STEPS + bucket % STEPS + 1) << shift) - 1;
    }
}
