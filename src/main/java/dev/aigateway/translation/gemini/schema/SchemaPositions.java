package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The places inside a schema where further schemas stand; everything else is data, whatever it is called. Stateless. */
final class SchemaPositions {
    private static final Set<String> SCHEMAS = Set.of(
            "items",
            "additionalProperties",
            "additionalItems",
            "not",
            "contains",
            "if",
            "then",
            "else",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties");

    private static final Set<String> LISTS = Set.of("anyOf", "oneOf", "allOf", "prefixItems", "items");
    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    private SchemaPositions() {}

    /** A copy of one schema whose direct children went through {@code change}. */
    static ObjectNode map(ObjectNode schema, UnaryOperator<JsonNode> change) {
        ObjectNode copy = Json.object();
        schema.properties().forEach(entry -> {
            String word = entry.getKey();
            copy.set(word, child(word, entry.getValue(), change));
        });
        return copy;
    }

    private static JsonNode child(String word, JsonNode value, UnaryOperator<JsonNode> change) {
        if (value.isArray() && LISTS.contains(word)) {
            ArrayNode list = Json.array();
            value.forEach(element -> list.add(change.apply(element)));
            return list;
        }
        if (value.isObject() && MAPS.contains(word)) {
            ObjectNode map = Json.object();
            value.properties().forEach(entry -> map.set(entry.getKey(), change.apply(entry.getValue())));
            return map;
        }
        return value.isObject() && SCHEMAS.contains(word) ? change.apply(value) : value;
    }
}
