package dev.aigateway.translation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the errors of upstreams, whatever they look like: an {@code error} object or text, {@code detail}, a bare
 * {@code message}, an array, JSON inside a message, no JSON at all. What a client gets to see holds no key (translation
 * reference, sections 15.2 and 15.3). Stateless.
 */
public final class UpstreamErrors {
    private static final int MAX_MESSAGE = 4096;
    private static final int UNTOLD = Kind.BAD_GATEWAY.status();

    /** Words for a kind in types, codes and status names, most telling first. */
    private static final List<Map.Entry<Pattern, Kind>> WORDS = List.of(
            word("context_length_exceeded|string_above_max_length|exceed_context_size_error", Kind.CONTEXT_TOO_LONG),
            word("model_not_found", Kind.MODEL_NOT_FOUND),
            word("content_filter|content_policy.*", Kind.CONTENT_BLOCKED),
            word("insufficient_quota|billing.*", Kind.BILLING),
            word("(server_is_)?overloaded.*|slow_down|unavailable|service_unavailable.*", Kind.OVERLOADED),
            word(
                    "rate_limit.*|usage_limit_reached|resource_exhausted|too_many_requests|tokens|requests",
                    Kind.RATE_LIMIT),
            word("invalid_api_key|authentication.*|unauthenticated", Kind.AUTHENTICATION),
            word("permission.*", Kind.PERMISSION),
            word("not_found.*", Kind.NOT_FOUND),
            word("request_too_large", Kind.TOO_LARGE),
            word("timeout.*|deadline_exceeded", Kind.TIMEOUT),
            word("invalid_request.*|invalid_argument|bad_request.*", Kind.BAD_REQUEST));

    private static final Pattern TOO_LONG = Pattern.compile(
            "(?i).*(prompt is too long|maximum context length|context window|input token count .* exceeds"
                    + "|exceeds? context limit|exceeds? the available context size"
                    + "|input is too long for requested model).*",
            Pattern.DOTALL);

    private static final Pattern SECRETS = Pattern.compile(
            "(sk-|AIza|gsk_|xai-)[A-Za-z0-9_*.~+/=-]{6,}|(?i:bearer )[A-Za-z0-9_.~+/=-]{8,}|(?<=[?&]key=)[^&\\s\"']+");

    private UpstreamErrors() {}

    /** @param status the status of the answer whose body this is */
    public static GatewayError read(int status, byte[] body) {
        return Json.parse(body).map(node -> ofNode(status, node)).orElseGet(() -> silent(status));
    }

    /** @param status the status, or 502 for an error inside a stream, where the words have to tell the kind */
    public static GatewayError ofNode(int status, JsonNode body) {
        JsonNode error = errorOf(body);
        Optional<String> message = message(error);
        GatewayError told = message.map(text -> told(status, error, text)).orElseGet(() -> silent(status));
        return isBusy(told.kind())
                ? RequestedWait.read(error, message.orElse(""), Instant.now())
                        .map(told::withRetryAfter)
                        .orElse(told)
                : told;
    }

    /** Other refusals do not pass with time, whatever their words. */
    private static boolean isBusy(Kind kind) {
        return kind == Kind.RATE_LIMIT || kind == Kind.OVERLOADED;
    }

    private static GatewayError told(int status, JsonNode error, String message) {
        Optional<String> code = text(error.path("code"));
        Kind kind = kind(
                status,
                message,
                List.of(
                        code.orElse(""),
                        error.path("type").asText(""),
                        error.path("status").asText("")));
        return new GatewayError(
                kind,
                status == UNTOLD ? kind.status() : status,
                clean(message),
                code,
                text(error.path("param"))
                        .or(() -> place(error.path("detail").path(0).path("loc"))),
                Optional.empty());
    }

    /** The text without keys, short enough for a client. */
    public static String clean(String message) {
        String shown = SECRETS.matcher(message).replaceAll("***");
        return shown.length() > MAX_MESSAGE ? shown.substring(0, MAX_MESSAGE) + "…" : shown;
    }

    private static GatewayError silent(int status) {
        Kind kind = Kind.ofStatus(status);
        return new GatewayError(
                kind,
                status,
                "The provider answered with status " + status + " and no message.",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static JsonNode errorOf(JsonNode body) {
        JsonNode first = body.isArray() ? body.path(0) : body;
        JsonNode error = first.path("error");
        if (error.isObject()) {
            return nested(error);
        }
        return error.isTextual() ? Json.object().put("message", error.textValue()) : first;
    }

    /** Some gateways put the whole error of their own upstream into the message. */
    private static JsonNode nested(JsonNode error) {
        return Json.parse(error.path("message").asText(""))
                .map(node -> node.path("error"))
                .filter(node -> node.path("message").isTextual())
                .orElse(error);
    }

    private static Optional<String> message(JsonNode error) {
        return text(error.path("message"))
                .or(() -> text(error.path("detail")))
                .or(() -> text(error.path("detail").path(0).path("msg")))
                .or(() -> text(error.path("title")));
    }

    /** Where FastAPI found a fault: {@code ["body","stream_options"]}. */
    private static Optional<String> place(JsonNode path) {
        List<String> names = new ArrayList<>();
        path.forEach(step -> names.add(step.asText()));
        boolean inBody = names.size() > 1 && names.getFirst().equals("body");
        return inBody ? Optional.of(String.join(".", names.subList(1, names.size()))) : Optional.empty();
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() && !value.textValue().isBlank() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static Kind kind(int status, String message, List<String> words) {
        if ((status == 400 || status == 413 || status == UNTOLD)
                && TOO_LONG.matcher(message).matches()) {
            return Kind.CONTEXT_TOO_LONG;
        }
        Kind byStatus = Kind.ofStatus(status);
        for (Map.Entry<Pattern, Kind> word : WORDS) {
            boolean said = words.stream()
                    .anyMatch(text ->
                            word.getKey().matcher(text.toLowerCase(Locale.ROOT)).matches());
            if (said && refines(status, byStatus, word.getValue())) {
                return word.getValue();
            }
        }
        return byStatus;
    }

    /** A word may tell more than a status of the same sense, but a 429 stays no 400. */
    private static boolean refines(int status, Kind byStatus, Kind word) {
        return status == UNTOLD
                || word.status() == byStatus.status()
                || (status == 429 && word == Kind.BILLING)
                || (status == 400 && word == Kind.AUTHENTICATION);
    }

    private static Map.Entry<Pattern, Kind> word(String pattern, Kind kind) {
        return Map.entry(Pattern.compile(pattern), kind);
    }
}
