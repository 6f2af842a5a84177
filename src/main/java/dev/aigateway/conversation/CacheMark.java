package dev.aigateway.conversation;

import java.util.Optional;

/**
 * A prompt-cache breakpoint after the block that carries it.
 *
 * @param ttl the vendor's spelling of the lifetime, such as {@code 5m} or {@code 1h}; empty for the vendor's default
 */
public record CacheMark(Optional<String> ttl) {}
