package dev.aigateway.observe;

import dev.aigateway.conversation.Usage;
import java.util.Optional;

/**
 * What is remembered of a finished request. Holds no prompt, no answer and no secret.
 *
 * @param protocol a dialect, or what is forwarded, such as {@code embeddings}; one of few fixed words
 * @param target provider and upstream model that were tried last
 * @param outcome one of few fixed words, fit for a metric label
 */
public record RequestLine(
        String id,
        String protocol,
        String model,
        Optional<String> target,
        boolean stream,
        int status,
        String outcome,
        int attempts,
        long millis,
        Usage usage) {}
