package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import org.jspecify.annotations.Nullable;

/** Which dialect an error must be told in: a function of the path alone, never of the body. */
final class DialectOfPath {
    private DialectOfPath() {}

    static Dialect of(@Nullable String path) {
        if (path == null) {
            return Dialect.CHAT;
        }
        int version = path.indexOf("/v1");
        if (version > 0 && path.indexOf('/', 1) == version) {
            return of(path.substring(version));
        }
        if (path.startsWith("/v1/messages")) {
            return Dialect.MESSAGES;
        }
        if (path.startsWith("/v1/responses")) {
            return Dialect.RESPONSES;
        }
        if (path.startsWith("/v1/completions")) {
            return Dialect.COMPLETIONS;
        }
        boolean geminiMethod = path.startsWith("/v1/models/") && path.indexOf(':') > 0;
        return path.startsWith("/v1beta/") || geminiMethod ? Dialect.GEMINI : Dialect.CHAT;
    }
}
