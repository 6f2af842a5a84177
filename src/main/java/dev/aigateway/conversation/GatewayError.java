package dev.aigateway.conversation;

import java.time.Duration;
import java.util.Optional;

/**
 * The one error type. Each dialect renders it in its own shape (translation reference, section 15).
 *
 * @param kind what went wrong; decides type, code and status words in every dialect
 * @param status the HTTP status to answer with, before a dialect adjusts it (529 exists in Messages only)
 * @param message safe to show to the client: no secret, no stack trace, at most 4 KiB
 * @param code the upstream's own error code, where it is more telling than the kind's
 * @param param the request field at fault
 * @param retryAfter how long the client should wait
 */
public record GatewayError(
        Kind kind,
        int status,
        String message,
        Optional<String> code,
        Optional<String> param,
        Optional<Duration> retryAfter) {

    public enum Kind {
        BAD_REQUEST(400),
        CONTEXT_TOO_LONG(400),
        AUTHENTICATION(401),
        BILLING(402),
        PERMISSION(403),
        NOT_FOUND(404),
        MODEL_NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        CONFLICT(409),
        TOO_LARGE(413),
        UNPROCESSABLE(422),
        RATE_LIMIT(429),
        CLIENT_CLOSED(499),
        INTERNAL(500),
        BAD_GATEWAY(502),
        OVERLOADED(503),
        TIMEOUT(504),
        CONTENT_BLOCKED(400);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }

        /** The kind that an HTTP status alone tells. */
        public static Kind ofStatus(int status) {
            return switch (status) {
                case 401 -> AUTHENTICATION;
                case 402 -> BILLING;
                case 403 -> PERMISSION;
                case 404 -> NOT_FOUND;
                case 405 -> METHOD_NOT_ALLOWED;
                case 408, 504 -> TIMEOUT;
                case 409 -> CONFLICT;
                case 413 -> TOO_LARGE;
                case 422 -> UNPROCESSABLE;
                case 429 -> RATE_LIMIT;
                case 499 -> CLIENT_CLOSED;
                case 502 -> BAD_GATEWAY;
                case 425, 503, 529 -> OVERLOADED;
                default -> status >= 500 ? INTERNAL : BAD_REQUEST;
            };
        }
    }

    public static GatewayError of(Kind kind, String message) {
        return new GatewayError(kind, kind.status(), message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A 400 that names the request field at fault, in the client's own spelling, such as {@code messages[2].role}. */
    public static GatewayError badField(String field, String message) {
        return new GatewayError(
                Kind.BAD_REQUEST, 400, field + ": " + message, Optional.empty(), Optional.of(field), Optional.empty());
    }

    public GatewayError withRetryAfter(Duration wait) {
        return new GatewayError(kind, status, message, code, param, Optional.of(wait));
    }

    public GatewayException toException() {
        return new GatewayException(this);
    }
}
