package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;

/** One attempt failed before anything of its answer reached the client. */
final class UpstreamFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GatewayError error;
    private final Verdict verdict;
    private final Reach reach;

    /** How far the attempt came. */
    private enum Reach {
        UNSENT,
        SENT,
        ANSWERED
    }

    UpstreamFailure(GatewayError error) {
        this(error, Verdict.of(error));
    }

    UpstreamFailure(GatewayError error, Verdict verdict) {
        this(error, verdict, Reach.ANSWERED);
    }

    private UpstreamFailure(GatewayError error, Verdict verdict, Reach reach) {
        super(error.message(), null, false, false);
        this.error = error;
        this.verdict = verdict;
        this.reach = reach;
    }

    /** No answer came at all. */
    static UpstreamFailure silence(GatewayError error) {
        return new UpstreamFailure(error, Verdict.of(error), Reach.SENT);
    }

    /** The request cannot be put into this candidate's form; another one may take it. */
    static UpstreamFailure unsent(GatewayError error) {
        return new UpstreamFailure(error, Verdict.NEXT_CANDIDATE, Reach.UNSENT);
    }

    /** The same failure when nothing else may be tried. */
    static Throwable last(Throwable failure) {
        return failure instanceof UpstreamFailure upstream
                ? new UpstreamFailure(upstream.error, Verdict.END, upstream.reach)
                : failure;
    }

    /** Whether the provider said anything. */
    boolean isAnswer() {
        return reach == Reach.ANSWERED;
    }

    /** Whether the provider never heard of it. */
    boolean isUnsent() {
        return reach == Reach.UNSENT;
    }

    /** Not when it was never asked, or when the client broke off what it was sending. */
    boolean tellsOfTheProvider() {
        return !isUnsent() && error.kind() != GatewayError.Kind.CLIENT_CLOSED;
    }

    GatewayError error() {
        return error;
    }

    Verdict verdict() {
        return verdict;
    }

    /** What a failure means for the next step (behaviour reference, section 8). */
    enum Verdict {
        /** What was sent cannot be sent again. */
        END,
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
