package dev.aigateway.translation.relay;

import dev.aigateway.conversation.GatewayError;

/** The errors of a stream that the upstream did not bring to its legal end. */
final class Cut {
    private Cut() {}

    static GatewayError oversized(int limit) {
        return GatewayError.of(
                GatewayError.Kind.BAD_GATEWAY, "The upstream sent an event of more than " + limit + " bytes.");
    }

    static GatewayError oversizedDocument(long limit) {
        return GatewayError.of(
                GatewayError.Kind.BAD_GATEWAY, "The upstream sent an answer of more than " + limit + " bytes.");
    }

    static GatewayError empty() {
        return GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The upstream sends events but no answer.");
    }

    static GatewayError error() {
        return GatewayError.of(
                GatewayError.Kind.BAD_GATEWAY, "The upstream closed the stream before the answer was complete.");
    }
}
