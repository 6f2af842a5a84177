package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.Candidate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Of all the errors that one request met, the one that its client is told: that which says most about what the client can
 * do. Of those that say the same the first is kept, unless a later one says when to come again, or the same candidate has
 * said something newer.
 *
 * <p>Confined to one exchange.
 */
final class MostTelling {
    private @Nullable Heard kept;

    /** What an error says to a client, most telling first. */
    private enum Rank {
        /** The request has to be another one; whoever is asked, and however often, would say so. */
        CHANGE_THE_REQUEST,
        /** It will be served, later; often it is known when. */
        COME_BACK_LATER,
        /** Somebody is there, but busy or broken. */
        BUSY,
        /** The provider, or a proxy before it, answered with something that nobody can use. */
        USELESS,
        /** This candidate cannot be asked in this way, or not with the caller's key; another one could have served it. */
        NOT_HERE,
        /** May be meant for this one provider only, so that it does not count while somebody else was just busy. */
        UNKNOWN_MODEL,
        /** An affair of whoever runs the gateway. */
        OUR_KEY,
        SILENCE,
        BROKEN_CONNECTION;

        static Rank of(UpstreamFailure failure) {
            if (failure.isUnsent() || CallersKey.isBlamed(failure.error())) {
                return NOT_HERE;
            }
            return switch (failure.error().kind()) {
                case BAD_REQUEST,
                        CONTEXT_TOO_LONG,
                        CONTENT_BLOCKED,
                        METHOD_NOT_ALLOWED,
                        CONFLICT,
                        TOO_LARGE,
                        UNPROCESSABLE,
                        CLIENT_CLOSED -> CHANGE_THE_REQUEST;
                case RATE_LIMIT -> COME_BACK_LATER;
                case INTERNAL, OVERLOADED -> BUSY;
                case NOT_FOUND, MODEL_NOT_FOUND -> UNKNOWN_MODEL;
                case AUTHENTICATION, BILLING, PERMISSION -> OUR_KEY;
                case TIMEOUT -> failure.isAnswer() ? USELESS : SILENCE;
                case BAD_GATEWAY -> failure.isAnswer() ? USELESS : BROKEN_CONNECTION;
            };
        }
    }

    private record Heard(GatewayError error, Rank rank, Candidate candidate) {
        boolean givesWayTo(Heard later) {
            if (rank != later.rank) {
                return later.rank.compareTo(rank) < 0;
            }
            boolean told = error.retryAfter().isPresent();
            boolean toldLater = later.error.retryAfter().isPresent();
            return told == toldLater ? isOfTheSameAs(later) : toldLater;
        }

        private boolean isOfTheSameAs(Heard other) {
            return candidate.id().equals(other.candidate.id())
                    && candidate.model().equals(other.candidate.model());
        }
    }

    /** @param shown the failure's error as a client may see it */
    void hear(Candidate candidate, UpstreamFailure failure, GatewayError shown) {
        Heard heard = new Heard(shown, Rank.of(failure), candidate);
        if (kept == null || kept.givesWayTo(heard)) {
            kept = heard;
        }
    }

    /** Empty when nobody was asked. */
    Optional<GatewayError> error() {
        return Optional.ofNullable(kept).map(Heard::error);
    }
}
