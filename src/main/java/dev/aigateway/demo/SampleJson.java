package dev.aigateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.Json;
import java.util.Optional;

/** Makes a value that satisfies a simple JSON schema: the first of an enum, the least of a number, a fixed word. */
final class SampleJson {
    private static final int MAX_DEPTH = 8;

    private SampleJson() {}

    static String forSchema(Optional<RawJson> schema) {
        return schema.map(raw -> Json.text(value(Json.tree(raw), 0))).orElse("{}");
    }

    static String object(String name, String value) {
        return Json.text(Json.object().put(name, value));
    }

    private static JsonNode value(JsonNode schema, int depth) {
        ObjectNode nodes = Json.object();
        if (schema.path("enum").path(0).isValueNode()) {
            return schema.path("enum").path(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> nodes.arrayNode().add(value(schema.path("items"), depth + 1));
            case "integer", "number" -> schema.has("minimum") ? schema.get("minimum") : nodes.numberNode(1);
            case "boolean" -> nodes.booleanNode(true);
            case "null" -> nodes.nullNode();
            default -> nodes.textNode("demo");
        };
    }

    private static JsonNode object(JsonNode schema, int depth) {
        ObjectNode result = Json.object();
        if (depth < MAX_DEPTH) {
            schema.path("properties")
                    .properties()
                    .forEach(property -> result.set(property.getKey(), value(property.getValue(), depth + 1)));
        }
        return result;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).asText();
        }
        return type.isMissingNode() && schema.has("properties") ? "object" : type.asText();
    }
}
