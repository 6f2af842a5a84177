package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.UpstreamErrors;
import java.util.Optional;
import java.util.Set;

/** The errors inside answers; those of whole bodies are Chat's (translation reference, sections 14.7 and 15). Stateless. */
final class ResponsesErrors {
    private static final String INVALID_PROMPT = "invalid_prompt";
    private static final int UNTOLD = Kind.BAD_GATEWAY.status();

    /** Codes that clients act upon. */
    private static final Set<String> TELLING = Set.of(
            "context_length_exceeded",
            "insufficient_quota",
            INVALID_PROMPT,
            "rate_limit_exceeded",
            "usage_not_included");

    private ResponsesErrors() {}

    /** The error of a failed response or of an error event. */
    static GatewayError read(JsonNode node) {
        GatewayError error = UpstreamErrors.ofNode(UNTOLD, node);
        return error.kind() == Kind.BAD_GATEWAY && error.code().equals(Optional.of(INVALID_PROMPT))
                ? new GatewayError(
                        Kind.BAD_REQUEST,
                        Kind.BAD_REQUEST.status(),
                        error.message(),
                        error.code(),
                        error.param(),
                        error.retryAfter())
                : error;
    }

    static GatewayError bad(String message) {
        return GatewayError.of(Kind.BAD_GATEWAY, message);
    }

    /** The error of a failed response: {@code {code,message}}. */
    static ObjectNode write(GatewayError error) {
        return Json.object()
                .put("code", error.code().filter(TELLING::contains).orElseGet(() -> code(error.kind())))
                .put("message", error.message());
    }

    private static String code(Kind kind) {
        return switch (kind) {
            case CONTEXT_TOO_LONG -> "context_length_exceeded";
            case RATE_LIMIT -> "rate_limit_exceeded";
            case BILLING -> "insufficient_quota";
            case BAD_REQUEST, UNPROCESSABLE, CONTENT_BLOCKED, TOO_LARGE -> INVALID_PROMPT;
            case AUTHENTICATION,
                    PERMISSION,
                    NOT_FOUND,
                    MODEL_NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CONFLICT,
                    CLIENT_CLOSED,
                    INTERNAL,
                    BAD_GATEWAY,
                    OVERLOADED,
                    TIMEOUT -> "server_error";
        };
    }
}
