package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import java.util.Optional;

/**
 * Keeps a failure of <em>our</em> credential from looking as if the client's key were bad (translation reference, 15.3).
 */
final class Disguise {
    private Disguise() {}

    static GatewayError forClient(GatewayError error) {
        if (CallersKey.isBlamed(error)) {
            return error;
        }
        return switch (error.kind()) {
            case AUTHENTICATION, PERMISSION ->
                new GatewayError(
                        Kind.BAD_GATEWAY,
                        Kind.BAD_GATEWAY.status(),
                        "The provider refused the gateway's credential.",
                        Optional.of("upstream_auth"),
                        Optional.empty(),
                        Optional.empty());
            default -> error;
        };
    }
}
