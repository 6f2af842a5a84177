package dev.aigateway.config;

import java.time.Duration;

/**
 * Patience with clients and upstreams.
 *
 * @param keepalive silence after which a client's stream gets a comment line; zero turns that off
 * @param connectTimeout to open a connection to an upstream
 * @param firstByteTimeout from the request sent to the first byte of the answer
 * @param idleTimeout the longest silence inside an upstream's answer
 */
public record StreamConfig(
        Duration keepalive, Duration connectTimeout, Duration firstByteTimeout, Duration idleTimeout) {
    public static final StreamConfig DEFAULT = new StreamConfig(
            Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(300), Duration.ofSeconds(300));
}
