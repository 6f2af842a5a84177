package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import java.util.Optional;

/**
 * One try at one candidate.
 *
 * @param target provider and upstream model, never a key
 * @param failure why it failed; empty for the attempt that served the request
 */
public record Attempt(String target, Optional<GatewayError> failure) {
    @Override
    public String toString() {
        return target + "="
                + failure.map(error -> String.valueOf(error.status())).orElse("ok");
    }
}
