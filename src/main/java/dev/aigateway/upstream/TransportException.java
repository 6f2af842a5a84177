package dev.aigateway.upstream;

import dev.aigateway.conversation.GatewayError;

/** The provider could not be reached, or stopped answering. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GatewayError error;

    public TransportException(GatewayError error, Throwable cause) {
        super(error.message(), cause, false, false);
        this.error = error;
    }

    public GatewayError error() {
        return error;
    }
}
