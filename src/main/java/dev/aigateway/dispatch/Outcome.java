package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import java.util.Locale;

/** How an exchange ended, for metrics and the request log. */
public enum Outcome {
    OK,
    /** The client's own fault. */
    REFUSED,
    /** No candidate could serve it. */
    FAILED,
    /** The stream broke after the client had part of the answer. */
    TRUNCATED,
    /** The client left before the end. */
    CANCELLED;

    /** How a request that got no answer ended. */
    public static Outcome of(GatewayError error) {
        if (error.kind() == GatewayError.Kind.CLIENT_CLOSED) {
            return CANCELLED;
        }
        return error.status() < 500 && error.kind() != GatewayError.Kind.RATE_LIMIT ? REFUSED : FAILED;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
