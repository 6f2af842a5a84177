package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.upstream.UpstreamAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads an answer whose status says that the provider did not serve the request. */
final class Refusal {
    /** More of an error's body than this says nothing new. */
    static final long MAX_ERROR_BYTES = 256 * 1024;

    private Refusal() {}

    /** @param dialect tells the error from status and body */
    static Uni<UpstreamFailure> read(UpstreamAnswer answer, BiFunction<Integer, byte[], GatewayError> dialect) {
        return Bodies.collect(answer, MAX_ERROR_BYTES)
                // The status tells enough when the body does not come or is too long.
                .onFailure()
                .recoverWithItem(new byte[0])
                .onItem()
                .transform(body -> failure(answer, body, dialect));
    }

    private static UpstreamFailure failure(
            UpstreamAnswer answer, byte[] body, BiFunction<Integer, byte[], GatewayError> dialect) {
        if (answer.status() < 400) {
            // Following a redirect could carry a key to another host; asking again would not change it.
            return new UpstreamFailure(
                    GatewayError.of(
                            GatewayError.Kind.BAD_GATEWAY,
                            "The provider answered with status " + answer.status()
                                    + ", which the gateway does not follow."),
                    UpstreamFailure.Verdict.NEXT_CANDIDATE);
        }
        GatewayError error = dialect.apply(answer.status(), body);
        return new UpstreamFailure(wait(answer.headers(), error, Instant.now())
                .map(error::withRetryAfter)
                .orElse(error));
    }

    /** What was said for this answer comes before what is said with every answer. */
    private static Optional<Duration> wait(MultiMap headers, GatewayError error, Instant now) {
        Optional<Duration> said = RetryAfter.read(headers, now).or(error::retryAfter);
        // The account's limits tell nothing of other refusals: money does not come back with the next minute.
        return said.isPresent() || error.kind() != GatewayError.Kind.RATE_LIMIT
                ? said
                : LimitReset.read(headers, now).map(RetryAfter::bounded);
    }
}
