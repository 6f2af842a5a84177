package dev.aigateway.translation.messages;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.translation.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors in Anthropic's form (translation reference, section 15). Stateless. */
final class MessagesErrors {
    private static final int OVERLOADED = 529;
    private static final String TOO_LONG = "prompt is too long";
    private static final Pattern TOKENS = Pattern.compile("(?<![\\d,])(\\d[\\d,]{0,17}) tokens?");

    private MessagesErrors() {}

    static byte[] write(GatewayError error, String requestId) {
        var body = Json.object().put("type", "error");
        body.putObject("error").put("type", type(error.kind())).put("message", message(error));
        body.put("request_id", requestId);
        return Json.bytes(body);
    }

    static int status(GatewayError error) {
        return switch (error.kind()) {
            case OVERLOADED -> OVERLOADED;
            case UNPROCESSABLE -> Kind.BAD_REQUEST.status();
            default -> error.status();
        };
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case BAD_REQUEST, CONTEXT_TOO_LONG, CONTENT_BLOCKED, METHOD_NOT_ALLOWED, UNPROCESSABLE, CLIENT_CLOSED ->
                "invalid_request_error";
            case AUTHENTICATION -> "authentication_error";
            case BILLING -> "billing_error";
            case PERMISSION -> "permission_error";
            case NOT_FOUND, MODEL_NOT_FOUND -> "not_found_error";
            case CONFLICT -> "conflict_error";
            case TOO_LARGE -> "request_too_large";
            case RATE_LIMIT -> "rate_limit_error";
            case INTERNAL, BAD_GATEWAY -> "api_error";
            case OVERLOADED -> "overloaded_error";
            case TIMEOUT -> "timeout_error";
        };
    }

    /** Claude Code compacts the conversation when it reads these words, so they must be there. */
    private static String message(GatewayError error) {
        if (error.kind() != Kind.CONTEXT_TOO_LONG || error.message().contains(TOO_LONG)) {
            return error.message();
        }
        Matcher tokens = TOKENS.matcher(error.message());
        if (!tokens.find()) {
            return TOO_LONG + ": " + error.message();
        }
        long maximum = number(tokens.group(1));
        if (!tokens.find()) {
            return TOO_LONG + ": " + error.message();
        }
        long given = number(tokens.group(1));
        return TOO_LONG + ": " + Math.max(given, maximum) + " tokens > " + Math.min(given, maximum) + " maximum";
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace(",", ""));
    }
}
