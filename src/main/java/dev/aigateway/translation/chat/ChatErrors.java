package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.UpstreamErrors;
import java.util.Optional;

/** Errors in OpenAI's form, shared by Chat, Completions and Responses (translation reference, section 15). Stateless. */
public final class ChatErrors {
    private ChatErrors() {}

    public static byte[] write(GatewayError error) {
        return Json.bytes(node(error));
    }

    /** The whole body: {@code {"error":{message,type,param,code}}}. */
    public static ObjectNode node(GatewayError error) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", error.message())
                .put("type", type(error.kind()))
                .put("param", error.param().orElse(null))
                .put("code", error.code().or(() -> code(error.kind())).orElse(null));
        return body;
    }

    public static int status(GatewayError error) {
        return switch (error.kind()) {
            case BILLING -> Kind.RATE_LIMIT.status();
            case OVERLOADED -> Kind.OVERLOADED.status();
            default -> error.status();
        };
    }

    static GatewayError ofBody(int status, JsonNode body) {
        return UpstreamErrors.ofNode(status, body);
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case BAD_REQUEST,
                    CONTEXT_TOO_LONG,
                    CONTENT_BLOCKED,
                    NOT_FOUND,
                    MODEL_NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    TOO_LARGE,
                    UNPROCESSABLE,
                    CLIENT_CLOSED -> "invalid_request_error";
            case AUTHENTICATION -> "authentication_error";
            case PERMISSION -> "permission_error";
            case BILLING -> "insufficient_quota";
            case CONFLICT -> "conflict_error";
            case RATE_LIMIT -> "rate_limit_error";
            case INTERNAL, BAD_GATEWAY, OVERLOADED, TIMEOUT -> "server_error";
        };
    }

    private static Optional<String> code(Kind kind) {
        return switch (kind) {
            case CONTEXT_TOO_LONG -> Optional.of("context_length_exceeded");
            case AUTHENTICATION -> Optional.of("invalid_api_key");
            case BILLING -> Optional.of("insufficient_quota");
            case MODEL_NOT_FOUND -> Optional.of("model_not_found");
            case TOO_LARGE -> Optional.of("request_too_large");
            case RATE_LIMIT -> Optional.of("rate_limit_exceeded");
            case CONTENT_BLOCKED -> Optional.of("content_filter");
            case BAD_GATEWAY -> Optional.of("upstream_error");
            case OVERLOADED -> Optional.of("overloaded");
            case TIMEOUT -> Optional.of("timeout");
            case BAD_REQUEST,
                    PERMISSION,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CONFLICT,
                    UNPROCESSABLE,
                    CLIENT_CLOSED,
                    INTERNAL -> Optional.empty();
        };
    }
}
