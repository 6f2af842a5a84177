package dev.aigateway.config;

import java.time.Duration;

/**
 * How often and how soon a failed request is tried again.
 *
 * @param maxRetries tries after the first round over all candidates
 * @param baseDelay before the first retry; doubles with each
 * @param maxDelay the most that a retry waits
 * @param deadline no retry begins later than this after the request arrived
 * @param budgetPercent how many attempts beyond the first a provider gets for a hundred requests, so that an outage does
 *     not multiply its load
 */
public record RetryConfig(int maxRetries, Duration baseDelay, Duration maxDelay, Duration deadline, int budgetPercent) {
    public static final RetryConfig DEFAULT =
            new RetryConfig(2, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(120), 20);

    /** The same for what can be sent only once. */
    public RetryConfig withoutRetries() {
        return new RetryConfig(0, baseDelay, maxDelay, deadline, budgetPercent);
    }
}
