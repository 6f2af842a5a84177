package dev.aigateway.conversation;

import java.util.Map;
import java.util.Optional;

/**
 * What the client says about itself and its request; never used for authentication.
 *
 * @param endUser the end user's id: {@code safety_identifier}, {@code user} or {@code metadata.user_id}
 * @param metadata the client's free pairs
 * @param cacheKey a hint that groups requests for prompt caching
 */
public record Caller(
        Optional<String> endUser,
        Map<String, String> metadata,
        Optional<String> cacheKey,
        Optional<String> serviceTier) {
    public static final Caller UNKNOWN = new Caller(Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
}
