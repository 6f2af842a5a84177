package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import org.jspecify.annotations.Nullable;

/** Which dialect an error must be told in: a function of the path alone, never of the body. */
final class DialectOfPath {
    private DialectOfPath() {}

    static Dialect of(@Nullable String path) {
        if (path != null && path.startsWith("/v1/messages")) {
            return Dialect.MESSAGES;
        }
        return Dialect.CHAT;
    }
}
