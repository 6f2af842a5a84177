package dev.aigateway.routing;

import dev.aigateway.routing.state.Durations;

/**
 * How long something took: how often and how long since the start, and quantiles of the last minutes.
 *
 * @param p50 in milliseconds, as the other quantiles; 0 when nothing happened lately
 */
public record Timing(long count, long totalMillis, long p50, long p90, long p99) {
    static Timing of(Durations durations, long now) {
        return new Timing(
                durations.count(),
                durations.totalMillis(),
                durations.quantile(0.5, now),
                durations.quantile(0.9, now),
                durations.quantile(0.99, now));
    }
}
