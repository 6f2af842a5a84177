package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import java.util.Optional;

/** The 404 for a model that nobody serves. */
final class UnknownModel {
    private UnknownModel() {}

    static GatewayError error(String message) {
        return new GatewayError(
                GatewayError.Kind.MODEL_NOT_FOUND,
                GatewayError.Kind.MODEL_NOT_FOUND.status(),
                message,
                Optional.empty(),
                Optional.of("model"),
                Optional.empty());
    }
}
