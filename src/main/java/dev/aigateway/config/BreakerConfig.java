package dev.aigateway.config;

import java.time.Duration;

/**
 * When a provider is given up for a while.
 *
 * @param failures how many requests in a row must fail; 0 switches the breaker off
 * @param duration for how long
 * @param probeInterval how soon it may be probed when nobody else can serve a request
 */
public record BreakerConfig(int failures, Duration duration, Duration probeInterval) {
    public static final BreakerConfig DEFAULT = new BreakerConfig(3, Duration.ofMinutes(30), Duration.ofSeconds(5));
}
