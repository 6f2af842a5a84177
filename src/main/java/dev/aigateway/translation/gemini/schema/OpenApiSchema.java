package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads Gemini's own schema objects as JSON schema: types in lower case, {@code nullable} as a type, counts as numbers
 * (translation reference, section 18.5). Stateless.
 */
public final class OpenApiSchema {
    private static final Map<String, String> SPELLINGS = Map.of(
            "any_of", "anyOf",
            "min_items", "minItems",
            "max_items", "maxItems",
            "min_length", "minLength",
            "max_length", "maxLength",
            "min_properties", "minProperties",
            "max_properties", "maxProperties",
            "property_ordering", "propertyOrdering");

    private static final Set<String> COUNTS =
            Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");

    private OpenApiSchema() {}

    public static JsonNode toJsonSchema(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode spelt = Json.object();
        object.properties()
                .forEach(entry -> spelt.set(SPELLINGS.getOrDefault(entry.getKey(), entry.getKey()), entry.getValue()));
        ObjectNode plain = SchemaPositions.map(spelt, OpenApiSchema::toJsonSchema);
        type(plain);
        COUNTS.forEach(word -> count(plain, word));
        if (plain.path("format").asText().equals("enum")) {
            plain.remove("format");
        }
        JsonNode nullable = plain.remove("nullable");
        if (nullable != null && nullable.asBoolean(false)) {
            allowNull(plain);
        }
        return plain;
    }

    private static void type(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            String type = schema.get("type").textValue().toLowerCase(Locale.ROOT);
            if (type.equals("type_unspecified")) {
                schema.remove("type");
            } else {
                schema.put("type", type);
            }
        }
    }

    /** Protobuf writes 64-bit numbers as texts. */
    private static void count(ObjectNode schema, String word) {
        String text = schema.path(word).isTextual() ? schema.get(word).textValue() : "";
        if (text.matches("\\d{1,18}")) {
            schema.put(word, Long.parseLong(text));
        }
    }

    private static void allowNull(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            String type = schema.get("type").textValue();
            schema.putArray("type").add(type).add("null");
        } else if (schema.get("anyOf") instanceof ArrayNode branches) {
            branches.addObject().put("type", "null");
        }
        if (schema.get("enum") instanceof ArrayNode values) {
            values.addNull();
        }
    }
}
