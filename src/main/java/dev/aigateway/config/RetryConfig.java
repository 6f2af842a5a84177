package dev.aigateway.config;

import java.time.Duration;
import java.util.Set;

/**
 * How often and how soon a failed request is tried again.
 *
 * @param maxRetries tries after the first round over all candidates
 * @param baseDelay before the first retry; doubles with each
 * @param maxDelay the most that a retry waits
 * @param deadline no retry begins later than this after the request arrived
 * @param budgetPercent how many attempts beyond the first a provider gets for a hundred requests, so that an outage does
 *     not multiply its load
 * @param maxAttempts the most that one request is tried, whoever is asked; 0 means any number
 * @param jitter how far chance moves a delay
 * @param statuses what a provider must have answered to be asked the same again; empty means whatever may pass
 */
public record RetryConfig(
        int maxRetries,
        Duration baseDelay,
        Duration maxDelay,
        Duration deadline,
        int budgetPercent,
        int maxAttempts,
        Jitter jitter,
        Set<Integer> statuses) {
    public static final RetryConfig DEFAULT = new RetryConfig(
            2, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(120), 20, 0, Jitter.HALF, Set.of());

    public RetryConfig {
        statuses = Set.copyOf(statuses);
    }

    /** How far chance moves a delay, so that those who failed together do not come back together. */
    public enum Jitter {
        /** Half of it either way. */
        HALF,
        /** To anything between nothing and the whole. */
        FULL
    }

    /** The same for what can be sent only once. */
    public RetryConfig withoutRetries() {
        return new RetryConfig(0, baseDelay, maxDelay, deadline, budgetPercent, maxAttempts, jitter, statuses);
    }

    /** Whether a candidate that answered so may be asked again, as far as the operator is concerned. */
    public boolean repeatsAfter(int status) {
        return statuses.isEmpty() || statuses.contains(status);
    }
}
