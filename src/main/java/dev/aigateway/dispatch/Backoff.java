package dev.aigateway.dispatch;

import dev.aigateway.config.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a candidate is tried again: exponential, moved by chance as configured, never shorter than the
 * upstream's {@code Retry-After}. Immutable.
 */
final class Backoff {
    private final RetryConfig config;
    private final DoubleSupplier random;

    /** @param random gives numbers in [0, 1) */
    Backoff(RetryConfig config, DoubleSupplier random) {
        this.config = config;
        this.random = random;
    }

    /** @param retry 0 for the first repetition */
    Duration delay(int retry, Optional<Duration> retryAfter) {
        long base = config.baseDelay().toMillis();
        long cap = config.maxDelay().toMillis();
        long exponential = Math.min(cap, base << Math.min(retry, 20));
        Duration jittered = Duration.ofMillis(Math.round(exponential * factor()));
        return retryAfter.filter(wait -> wait.compareTo(jittered) > 0).orElse(jittered);
    }

    private double factor() {
        return switch (config.jitter()) {
            case HALF -> 0.5 + random.getAsDouble();
            case FULL -> random.getAsDouble();
        };
    }
}
