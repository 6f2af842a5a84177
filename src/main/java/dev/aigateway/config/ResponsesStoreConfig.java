package dev.aigateway.config;

import java.time.Duration;

/**
 * What the gateway remembers of Responses conversations for providers that remember nothing.
 *
 * @param enabled whether it remembers anything
 * @param maxBytes of memory for all of it; the responses unused for longest go first
 * @param ttl how long a response is kept
 */
public record ResponsesStoreConfig(boolean enabled, long maxBytes, Duration ttl) {
    public static final ResponsesStoreConfig DEFAULT =
            new ResponsesStoreConfig(true, 64L * 1024 * 1024, Duration.ofHours(1));
}
