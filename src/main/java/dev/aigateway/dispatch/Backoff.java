package dev.aigateway.dispatch;

import dev.aigateway.config.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a candidate is tried again: exponential with a jitter of half the delay either way, never
 * shorter than the upstream's {@code Retry-After}. Immutable.
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
        Duration jittered = Duration.ofMillis(Math.round(exponential * (0.5 + random.getAsDouble())));
        return retryAfter.filter(wait -> wait.compareTo(jittered) > 0).orElse(jittered);
    }
}
