package dev.aigateway.config;

import java.time.Duration;

/**
 * Whether providers are asked from time to time if they are there. The question is the list of models, which costs
 * nothing.
 *
 * @param interval zero: never
 * @param timeout how long an answer may take
 */
public record HealthCheckConfig(Duration interval, Duration timeout) {
    public static final HealthCheckConfig DEFAULT = new HealthCheckConfig(Duration.ZERO, Duration.ofSeconds(5));

    public boolean isOn() {
        return !interval.isZero();
    }
}
