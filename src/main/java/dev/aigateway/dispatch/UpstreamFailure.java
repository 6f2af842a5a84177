package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;

/** One attempt failed before anything of its answer reached the client. */
final class UpstreamFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GatewayError error;
    private final Verdict verdict;

    UpstreamFailure(GatewayError error) {
        this(error, Verdict.of(error));
    }

    UpstreamFailure(GatewayError error, Verdict verdict) {
        super(error.message(), null, false, false);
        this.error = error;
        this.verdict = verdict;
    }

    GatewayError error() {
        return error;
    }

    Verdict verdict() {
        return verdict;
    }

    /** What a failure means for the next step (behaviour reference, section 8). */
    enum Verdict {
        /** The request itself is at fault: no other candidate would do better. */
        GIVE_UP,
        /** This credential or provider will not serve it; another may. */
        NEXT_CANDIDATE,
        /** The provider is busy or broken: others first, then this one again after a pause. */
        RETRY;

        static Verdict of(GatewayError error) {
            return switch (error.kind()) {
                case BAD_REQUEST,
                        CONTEXT_TOO_LONG,
                        CONTENT_BLOCKED,
                        CONFLICT,
                        TOO_LARGE,
                        UNPROCESSABLE,
                        METHOD_NOT_ALLOWED,
                        CLIENT_CLOSED -> GIVE_UP;
                case AUTHENTICATION, BILLING, PERMISSION, NOT_FOUND, MODEL_NOT_FOUND -> NEXT_CANDIDATE;
                case RATE_LIMIT, INTERNAL, BAD_GATEWAY, OVERLOADED, TIMEOUT -> RETRY;
            };
        }
    }
}
