package dev.aigateway.routing;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.state.Cause;
import java.util.Optional;

/** Whose fault a failed attempt was (behaviour reference, section 8). */
final class Failures {
    private Failures() {}

    /**
     * Empty when it was the client's own, or nobody's.
     *
     * @param answered whether the provider gave an answer at all
     */
    static Optional<Cause> cause(GatewayError error, boolean answered) {
        return switch (error.kind()) {
            case RATE_LIMIT -> Optional.of(Cause.RATE_LIMIT);
            case AUTHENTICATION, BILLING, PERMISSION -> Optional.of(Cause.REFUSED);
            case NOT_FOUND, MODEL_NOT_FOUND -> Optional.of(Cause.NOT_FOUND);
            case INTERNAL, BAD_GATEWAY, OVERLOADED, TIMEOUT ->
                Optional.of(answered ? Cause.SERVER_ERROR : Cause.NETWORK);
            case BAD_REQUEST,
                    CONTEXT_TOO_LONG,
                    CONTENT_BLOCKED,
                    CONFLICT,
                    TOO_LARGE,
                    UNPROCESSABLE,
                    METHOD_NOT_ALLOWED,
                    CLIENT_CLOSED -> Optional.empty();
        };
    }

    /**
     * What a failure tells the breakers.
     *
     * @param wholeProvider whether it counts for all the provider's models
     */
    record Charge(Cause cause, boolean wholeProvider) {}

    /**
     * A connection that cannot be made is the affair of the whole provider. One that was made and brings no answer in time
     * is the model's, like an error: nothing says that other models are as slow.
     */
    static Optional<Charge> charge(GatewayError error, boolean answered) {
        return cause(error, answered).filter(Failures::isOfProvider).map(cause -> {
            boolean unreachable = cause == Cause.NETWORK && error.kind() != GatewayError.Kind.TIMEOUT;
            return new Charge(unreachable ? Cause.NETWORK : Cause.SERVER_ERROR, unreachable);
        });
    }

    /** The same of an answer that broke off; who only lost the connection is taken back once it can be reached again. */
    static Optional<Charge> chargeForBreak(GatewayError error) {
        boolean brokeOff = error.kind() == GatewayError.Kind.BAD_GATEWAY;
        return cause(error, true)
                .filter(Failures::isOfProvider)
                .map(cause -> new Charge(brokeOff ? Cause.NETWORK : cause, false));
    }

    /** A key that is wrong or not paid for serves no model; one that lacks a permission may serve another. */
    static boolean condemnsKey(GatewayError error) {
        return error.kind() == GatewayError.Kind.AUTHENTICATION || error.kind() == GatewayError.Kind.BILLING;
    }

    /** Whether other keys of the provider would most likely fail alike. */
    static boolean isOfProvider(Cause cause) {
        return cause == Cause.SERVER_ERROR || cause == Cause.NETWORK;
    }
}
