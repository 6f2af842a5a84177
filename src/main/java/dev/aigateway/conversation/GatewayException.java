package dev.aigateway.conversation;

/** Carries a {@link GatewayError} up to the layer that renders it. Has no stack trace: it is an answer, not a defect. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GatewayError error;

    public GatewayException(GatewayError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public GatewayError error() {
        return error;
    }
}
