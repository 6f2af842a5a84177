package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.RequestedWait;
import dev.aigateway.translation.UpstreamErrors;
import java.time.Duration;
import java.util.stream.StreamSupport;

/** Errors in Google's form (translation reference, sections 6.3 and 15). Stateless. */
final class GeminiErrors {
    private static final String TYPE = "@type";
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
    private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

    private GeminiErrors() {}

    static byte[] write(GatewayError error) {
        return Json.bytes(node(error));
    }

    static int status(GatewayError error) {
        return switch (error.kind()) {
            case BILLING -> Kind.RATE_LIMIT.status();
            case OVERLOADED -> Kind.OVERLOADED.status();
            default -> error.status();
        };
    }

    /** Reads the body of a failed answer, the array that calls without {@code alt=sse} get included. */
    static GatewayError read(int status, byte[] body) {
        return Json.parse(body).map(node -> ofNode(status, node)).orElseGet(() -> UpstreamErrors.read(status, body));
    }

    /** Reads an error inside a stream or an answer, which names its own status. */
    static GatewayError inAnswer(JsonNode body) {
        int code = body.path("error").path("code").asInt(0);
        boolean telling = code >= 400 && code < 600;
        return ofNode(telling ? code : Kind.BAD_GATEWAY.status(), body);
    }

    private static GatewayError ofNode(int status, JsonNode body) {
        GatewayError error = UpstreamErrors.ofNode(status, body);
        JsonNode details = (body.isArray() ? body.path(0) : body).path("error").path("details");
        return new GatewayError(
                refusesKey(details) ? Kind.AUTHENTICATION : error.kind(),
                error.status(),
                error.message(),
                error.code(),
                error.param(),
                error.retryAfter().or(() -> RequestedWait.ofRetryInfo(details)));
    }

    private static boolean refusesKey(JsonNode details) {
        return StreamSupport.stream(details.spliterator(), false)
                .anyMatch(detail -> detail.path("reason").asText().equals("API_KEY_INVALID"));
    }

    private static ObjectNode node(GatewayError error) {
        ObjectNode body = Json.object();
        ObjectNode node = body.putObject("error")
                .put("code", status(error))
                .put("message", error.message())
                .put("status", word(error.kind()));
        ArrayNode details = Json.array();
        error.param()
                .ifPresent(field -> details.addObject()
                        .put(TYPE, BAD_REQUEST)
                        .putArray("fieldViolations")
                        .addObject()
                        .put("field", field)
                        .put("description", error.message()));
        error.retryAfter()
                .ifPresent(wait -> details.addObject().put(TYPE, RETRY_INFO).put("retryDelay", seconds(wait) + "s"));
        if (!details.isEmpty()) {
            node.set("details", details);
        }
        return body;
    }

    /** Whole seconds, as in the header, and none too few. */
    private static long seconds(Duration wait) {
        return (wait.toMillis() + 999) / 1000;
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case BAD_REQUEST, CONTEXT_TOO_LONG, CONTENT_BLOCKED, TOO_LARGE, UNPROCESSABLE -> "INVALID_ARGUMENT";
            case AUTHENTICATION -> "UNAUTHENTICATED";
            case BILLING, RATE_LIMIT -> "RESOURCE_EXHAUSTED";
            case PERMISSION -> "PERMISSION_DENIED";
            case NOT_FOUND, MODEL_NOT_FOUND -> "NOT_FOUND";
            case METHOD_NOT_ALLOWED -> "UNIMPLEMENTED";
            case CONFLICT -> "ABORTED";
            case CLIENT_CLOSED -> "CANCELLED";
            case INTERNAL -> "INTERNAL";
            case BAD_GATEWAY, OVERLOADED -> "UNAVAILABLE";
            case TIMEOUT -> "DEADLINE_EXCEEDED";
        };
    }
}
