package dev.aigateway.dispatch;

import dev.aigateway.config.Secret;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.routing.Candidate;
import java.util.Optional;
import java.util.function.BiFunction;

/** Providers that are asked with the key of whoever asks ({@code auth: client}). */
final class CallersKey {
    /** Tells a refusal of the caller's key from one of ours. */
    private static final String CODE = "caller_key";

    private CallersKey() {}

    /** Fails with a 401 when none came. */
    static Secret of(ClientRequest request) {
        return request.callersKey().orElseThrow(() -> missing().toException());
    }

    /** Marks what the provider says of the caller's key, so that the caller is told. */
    static BiFunction<Integer, byte[], GatewayError> blaming(
            Candidate candidate, BiFunction<Integer, byte[], GatewayError> dialect) {
        return isWanted(candidate) ? (status, body) -> marked(dialect.apply(status, body)) : dialect;
    }

    static boolean isBlamed(GatewayError error) {
        return error.code().equals(Optional.of(CODE));
    }

    private static GatewayError marked(GatewayError error) {
        boolean ofKey = error.kind() == Kind.AUTHENTICATION || error.kind() == Kind.PERMISSION;
        return ofKey
                ? new GatewayError(
                        error.kind(),
                        error.status(),
                        error.message(),
                        Optional.of(CODE),
                        error.param(),
                        error.retryAfter())
                : error;
    }

    private static boolean isWanted(Candidate candidate) {
        return candidate.provider().link().callersKey();
    }

    static GatewayError missing() {
        return GatewayError.of(
                Kind.AUTHENTICATION,
                "This model's provider takes your own key, and the request brings none: send the provider's key as"
                        + " 'Authorization: Bearer' or 'x-api-key', and the gateway's access key, if it asks for one, as"
                        + " 'x-gateway-key'.");
    }
}
