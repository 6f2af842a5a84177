package dev.aigateway.config;

import java.time.Duration;

/**
 * Who waits when everybody who could serve is busy ({@code max-concurrent}).
 *
 * @param size the most requests that wait for one provider
 * @param timeout the longest that a request waits
 */
public record QueueConfig(int size, Duration timeout) {
    public static final QueueConfig DEFAULT = new QueueConfig(100, Duration.ofSeconds(10));
}
