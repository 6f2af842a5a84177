package dev.aigateway.observe;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Usage;
import java.util.Optional;

/**
 * What is remembered of a finished request. Holds no prompt, no answer and no secret.
 *
 * @param target provider and upstream model that were tried last
 * @param outcome one of few fixed words, fit for a metric label
 */
public record RequestLine(
        String id,
        Dialect dialect,
        String model,
        Optional<String> target,
        boolean stream,
        int status,
        String outcome,
        int attempts,
        long millis,
        Usage usage) {}
