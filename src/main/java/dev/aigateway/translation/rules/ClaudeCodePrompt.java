package dev.aigateway.translation.rules;

import dev.aigateway.conversation.RawJson;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Splice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Puts the prompt and the user id of Claude Code into a Messages body. The client's own instructions, be they a text or
 * blocks with cache marks, follow byte for byte (behaviour reference, sections 10.1 and 15.9). Pure.
 */
public final class ClaudeCodePrompt {
    static final String TEXT = "You are Claude Code, Anthropic's official CLI for Claude."
            + " You are an interactive agent specialized in software engineering tasks."
            + " You help users with coding, debugging, and software development.";

    private static final String QUOTED = Json.text(Json.object().textNode(TEXT));
    private static final String BLOCK = "{\"type\":\"text\",\"text\":" + QUOTED + "}";

    private ClaudeCodePrompt() {}

    /** @param strict whether the client's own instructions are left out */
    public static byte[] first(byte[] body, boolean strict) {
        Optional<ByteSlice> system = Splice.find(ByteSlice.of(body), "system");
        if (strict || system.isEmpty() || !Splice.says(system.get())) {
            return EditedBody.of(body, List.of(new FieldEdit.Put(List.of("system"), new RawJson(QUOTED))));
        }
        ByteSlice own = system.get();
        return switch (own.array()[own.offset()]) {
            case '"' -> insert(body, own, QUOTED.substring(1, QUOTED.length() - 1) + "\\n\\n");
            case '[' -> insert(body, own, JsonScanner.isEmptyArray(own) ? BLOCK : BLOCK + ",");
            // The provider will say what is wrong with it.
            default -> body;
        };
    }

    /** Beside what else the client's metadata may hold. */
    public static byte[] withUserId(byte[] body, String userId) {
        RawJson quoted = Json.raw(Json.object().textNode(userId));
        return EditedBody.of(body, List.of(new FieldEdit.Put(List.of("metadata", "user_id"), quoted)));
    }

    private static byte[] insert(byte[] body, ByteSlice value, String text) {
        return Splice.replace(body, value.offset() + 1, 0, text.getBytes(StandardCharsets.UTF_8));
    }
}
