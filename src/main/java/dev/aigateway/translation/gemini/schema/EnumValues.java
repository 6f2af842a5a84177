package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.tools.Arguments;
import java.util.List;

/**
 * Gives arguments back the numbers and truth values that {@link SchemaCleaner} had to declare as texts (translation
 * reference, section 8.2). Immutable; one instance knows one schema.
 */
public final class EnumValues {
    private final JsonNode schema;

    public EnumValues(RawJson schema) {
        this.schema = References.inline(Json.tree(schema));
    }

    /** The arguments as the schema wants them; untouched where there is nothing to restore. */
    public String restore(String arguments) {
        if (!Arguments.isObject(arguments)) {
            return arguments;
        }
        JsonNode given = Json.tree(new RawJson(arguments));
        JsonNode restored = restore(given, schema);
        return restored.equals(given) ? arguments : Json.text(restored);
    }

    private static JsonNode restore(JsonNode value, JsonNode schema) {
        JsonNode restored = switch (value) {
            case ObjectNode object -> members(object, schema.path("properties"));
            case ArrayNode array -> elements(array, schema.path("items"));
            default -> value.isTextual() ? constant(value, schema) : value;
        };
        for (String word : List.of("anyOf", "oneOf", "allOf")) {
            for (JsonNode branch : schema.path(word)) {
                restored = restore(restored, branch);
            }
        }
        return restored;
    }

    private static JsonNode members(ObjectNode object, JsonNode properties) {
        ObjectNode restored = Json.object();
        object.properties()
                .forEach(entry ->
                        restored.set(entry.getKey(), restore(entry.getValue(), properties.path(entry.getKey()))));
        return restored;
    }

    private static JsonNode elements(ArrayNode array, JsonNode items) {
        ArrayNode restored = Json.array();
        array.forEach(element -> restored.add(restore(element, items)));
        return restored;
    }

    private static JsonNode constant(JsonNode text, JsonNode schema) {
        ArrayNode constants = Json.array();
        schema.path("enum").forEach(constants::add);
        if (schema.has("const")) {
            constants.add(schema.get("const"));
        }
        for (JsonNode constant : constants) {
            if (!constant.isTextual() && Json.text(constant).equals(text.textValue())) {
                return constant;
            }
        }
        return text;
    }
}
