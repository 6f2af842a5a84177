package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes out of a JSON schema only the words that models with {@code parametersJsonSchema} have been seen to refuse
 * (translation reference, section 8.1). Stateless.
 */
public final class SchemaTrim {
    private static final Set<String> REFUSED = Set.of(
            "$schema",
            "$comment",
            "$vocabulary",
            "examples",
            "if",
            "then",
            "else",
            "not",
            "contains",
            "minContains",
            "maxContains",
            "patternProperties",
            "propertyNames",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    private static final Set<String> JOINS = Set.of("$ref", "anyOf", "oneOf", "allOf");

    private SchemaTrim() {}

    /** The parameters of a function; empty when there is nothing to pass. */
    public static Optional<JsonNode> parameters(JsonNode schema) {
        boolean empty = schema.path("properties").isEmpty() && JOINS.stream().noneMatch(schema::has);
        return empty ? Optional.empty() : Optional.of(trim(schema));
    }

    public static JsonNode trim(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode kept = SchemaUnions.copy(object);
        object.fieldNames().forEachRemaining(word -> {
            if (REFUSED.contains(word) || word.startsWith("dependent") || word.startsWith("unevaluated")) {
                kept.remove(word);
            }
        });
        JsonNode constant = kept.remove("const");
        if (constant != null) {
            kept.putArray("enum").add(constant);
        }
        required(kept);
        ObjectNode trimmed = SchemaPositions.map(kept, SchemaTrim::trim);
        dropEmptyBranches(trimmed);
        return trimmed;
    }

    /** What is left of a branch that only said which properties go together. */
    private static void dropEmptyBranches(ObjectNode schema) {
        for (String word : List.of("anyOf", "oneOf", "allOf")) {
            ArrayNode kept = Json.array();
            schema.path(word).forEach(branch -> {
                if (!branch.isEmpty()) {
                    kept.add(branch);
                }
            });
            if (kept.size() < schema.path(word).size()) {
                if (kept.isEmpty()) {
                    schema.remove(word);
                } else {
                    schema.set(word, kept);
                }
            }
        }
    }

    private static void required(ObjectNode schema) {
        if (!schema.has("required")) {
            return;
        }
        ArrayNode known = Json.array();
        for (JsonNode name : schema.get("required")) {
            if (schema.path("properties").has(name.asText())) {
                known.add(name);
            }
        }
        if (known.isEmpty()) {
            schema.remove("required");
        } else {
            schema.set("required", known);
        }
    }
}
