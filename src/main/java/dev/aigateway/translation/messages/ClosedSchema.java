package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.Json;
import java.util.Set;

/**
 * A JSON schema in the dialect of Anthropic's structured output: objects are closed, and bounds that it cannot enforce are
 * left out. Only schema positions are touched, never a property that happens to be called like a keyword.
 */
final class ClosedSchema {
    private static final Set<String> UNKNOWN = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties");
    private static final Set<String> SCHEMA = Set.of("items", "not", "additionalItems", "contains");
    private static final Set<String> SCHEMA_LISTS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final Set<String> SCHEMA_MAPS = Set.of("properties", "$defs", "definitions");

    private ClosedSchema() {}

    static RawJson of(RawJson schema) {
        return Json.raw(close(Json.tree(schema)));
    }

    private static JsonNode close(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode closed = Json.object();
        object.properties().forEach(entry -> {
            if (!UNKNOWN.contains(entry.getKey())) {
                closed.set(entry.getKey(), child(entry.getKey(), entry.getValue()));
            }
        });
        if (object.path("type").asText().equals("object") || object.has("properties")) {
            closed.put("additionalProperties", false);
        }
        return closed;
    }

    private static JsonNode child(String keyword, JsonNode value) {
        if (SCHEMA.contains(keyword)) {
            return close(value);
        }
        if (SCHEMA_LISTS.contains(keyword) && value instanceof ArrayNode list) {
            ArrayNode closed = Json.array();
            list.forEach(element -> closed.add(close(element)));
            return closed;
        }
        if (SCHEMA_MAPS.contains(keyword) && value instanceof ObjectNode map) {
            ObjectNode closed = Json.object();
            map.properties().forEach(entry -> closed.set(entry.getKey(), close(entry.getValue())));
            return closed;
        }
        return value;
    }
}
