package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Tool;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether OpenAI's strict mode takes a schema: every object is closed and requires all of its properties. Strict mode is
 * worth having, but asking for it with another schema is an error.
 */
public final class StrictSchema {
    private StrictSchema() {}

    /** What to say of a tool: OpenAI's own clients know what they ask for, others may mean another kind of strictness. */
    public static Optional<Boolean> of(Tool.Function tool, Conversation conversation, TranslationNotes notes) {
        boolean own = conversation.source() == Dialect.CHAT || conversation.source() == Dialect.RESPONSES;
        boolean refused = !own
                && tool.strict().orElse(false)
                && !tool.schema().map(Json::tree).filter(StrictSchema::allows).isPresent();
        if (refused) {
            notes.approximated(Field.TOOLS.in(conversation) + ".strict");
        }
        return refused ? Optional.of(false) : tool.strict();
    }

    public static boolean allows(JsonNode schema) {
        if (schema.isArray()) {
            for (JsonNode element : schema) {
                if (!allows(element)) {
                    return false;
                }
            }
            return true;
        }
        return !schema.isObject() || (!isOpenObject(schema) && allowsChildren(schema));
    }

    private static boolean allowsChildren(JsonNode schema) {
        for (String keyword : Set.of("items", "anyOf")) {
            if (!allows(schema.path(keyword))) {
                return false;
            }
        }
        for (String group : Set.of("properties", "$defs", "definitions")) {
            for (JsonNode child : schema.path(group)) {
                if (!allows(child)) {
                    return false;
                }
            }
        }
        return !schema.has("oneOf") && !schema.has("allOf") && !schema.has("patternProperties");
    }

    private static boolean isOpenObject(JsonNode schema) {
        if (!schema.path("type").asText().equals("object") && !schema.has("properties")) {
            return false;
        }
        JsonNode closed = schema.path("additionalProperties");
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        Set<String> properties = new HashSet<>();
        schema.path("properties").fieldNames().forEachRemaining(properties::add);
        return !closed.isBoolean() || closed.booleanValue() || !required.containsAll(properties);
    }
}
