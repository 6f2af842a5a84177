package dev.aigateway.translation.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Argument text as the JSON object that Messages and Gemini want. Text that is an object already is kept byte for byte
 * (translation reference, section 11.3).
 */
public final class Arguments {
    private Arguments() {}

    /** Whether {@link #object} would only repeat the text. */
    public static boolean isObject(String text) {
        return Json.parse(text).filter(JsonNode::isObject).isPresent();
    }

    public static RawJson object(String text) {
        if (text.isBlank()) {
            return RawJson.EMPTY_OBJECT;
        }
        Optional<JsonNode> value = Json.parse(text);
        if (value.isPresent()) {
            return ofValue(text, value.get());
        }
        String closed = close(text);
        return Json.parse(closed).filter(JsonNode::isObject).isPresent()
                ? new RawJson(closed)
                : new RawJson(Json.text(Json.object().put("_raw", text)));
    }

    private static RawJson ofValue(String text, JsonNode value) {
        if (value.isObject()) {
            return new RawJson(text);
        }
        return value.isNull() ? RawJson.EMPTY_OBJECT : Json.raw(Json.object().set("value", value));
    }

    /** Ends what a truncated text left open. */
    private static String close(String text) {
        Deque<Character> open = new ArrayDeque<>();
        boolean string = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (string) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    string = false;
                }
                continue;
            }
            switch (c) {
                case '"' -> string = true;
                case '{' -> open.push('}');
                case '[' -> open.push(']');
                case '}', ']' -> open.poll();
                default -> {}
            }
        }
        StringBuilder closed = new StringBuilder(text);
        if (string) {
            closed.append('"');
        }
        open.forEach(closed::append);
        return closed.toString();
    }
}
