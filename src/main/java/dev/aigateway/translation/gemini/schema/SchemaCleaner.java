package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Cleans a JSON schema to the OpenAPI subset that older Gemini models take (translation reference, section 8.2). What
 * cannot be said in it becomes a hint in the description or is left out. A pure function: equal schemas give equal bytes.
 */
public final class SchemaCleaner {
    /** What becomes of lengths, patterns and bounds. */
    enum Bounds {
        KEPT,
        /** They are told in the description: strict backends refuse them (step 10). */
        TOLD
    }

    private final Bounds bounds;

    private SchemaCleaner(Bounds bounds) {
        this.bounds = bounds;
    }

    /** The parameters of a function; empty when there is nothing to pass, which Gemini wants left out altogether. */
    public static Optional<ObjectNode> parameters(JsonNode schema) {
        return parameters(schema, Bounds.KEPT);
    }

    static Optional<ObjectNode> parameters(JsonNode schema, Bounds bounds) {
        ObjectNode cleaned = clean(schema, bounds);
        if (cleaned.has("anyOf")) {
            cleaned = joined(cleaned);
        }
        return cleaned.path("properties").isEmpty() ? Optional.empty() : Optional.of(cleaned);
    }

    /** Any schema, such as that of an answer. */
    public static ObjectNode clean(JsonNode schema) {
        return clean(schema, Bounds.KEPT);
    }

    static ObjectNode clean(JsonNode schema, Bounds bounds) {
        return new SchemaCleaner(bounds).level(References.inline(schema));
    }

    Bounds bounds() {
        return bounds;
    }

    /** A root must be an object: the properties of all alternatives, none of them required. */
    private static ObjectNode joined(ObjectNode root) {
        ObjectNode whole = root.deepCopy();
        JsonNode branches = whole.remove("anyOf");
        for (JsonNode branch : branches) {
            ObjectNode properties = Json.object();
            properties.set(
                    "properties", branch.path("properties").isObject() ? branch.get("properties") : Json.object());
            SchemaUnions.merge(whole, properties);
        }
        whole.remove("required");
        return whole.put("type", "object");
    }

    ObjectNode level(JsonNode node) {
        if (!(node instanceof ObjectNode object) || object.isEmpty()) {
            return Json.object().put("type", "string");
        }
        ObjectNode schema = SchemaUnions.rewrite(object);
        CleanLevel level = new CleanLevel(this, type(schema));
        schema.properties().forEach(entry -> level.word(entry.getKey(), entry.getValue()));
        schema.path("properties").properties().forEach(entry -> property(entry.getKey(), entry.getValue(), level));
        required(schema, level);
        return level.finished();
    }

    private void property(String name, JsonNode schema, CleanLevel level) {
        boolean never = schema.isBoolean() && !schema.booleanValue();
        if (!never) {
            level.property(name, level(schema));
        }
    }

    private static void required(ObjectNode schema, CleanLevel level) {
        Set<String> names = new LinkedHashSet<>();
        if (schema.path("required").isArray()) {
            schema.get("required").forEach(name -> names.add(name.asText()));
        }
        schema.path("properties").properties().forEach(entry -> {
            if (entry.getValue().path("required").asBoolean(false)) {
                names.add(entry.getKey());
            }
        });
        level.required(names);
    }

    private static String type(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            return schema.get("type").textValue().toLowerCase(Locale.ROOT);
        }
        if (schema.has("properties")) {
            return "object";
        }
        if (schema.has("items") || schema.has("prefixItems")) {
            return "array";
        }
        return schema.has("anyOf") ? "" : "string";
    }
}
