package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Rewrites the ways in which a schema joins others into the two that Gemini knows, {@code anyOf} and {@code nullable}
 * (translation reference, section 8.2, steps 2 to 5). Works on one level; stateless.
 */
final class SchemaUnions {
    private static final Set<String> OF_OBJECT = Set.of("properties", "required", "minProperties", "maxProperties");
    private static final Set<String> OF_ARRAY = Set.of("items", "prefixItems", "minItems", "maxItems");
    private static final Set<String> OF_STRING = Set.of("minLength", "maxLength", "pattern", "format", "enum", "const");
    private static final Set<String> OF_NUMBER =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "format", "enum", "const");
    private static final Set<String> DECLARING =
            Set.of("type", "properties", "items", "enum", "const", "anyOf", "oneOf", "allOf");
    private static final Set<String> OF_WHOLE = Set.of("title", "description", "default", "example", "nullable");

    private SchemaUnions() {}

    static ObjectNode rewrite(ObjectNode schema) {
        ObjectNode merged = schema.path("allOf").isArray() ? allOf(schema) : copy(schema);
        typeList(merged);
        alternatives(merged);
        return merged;
    }

    /** A copy of one level; what stands below is shared and never changed. */
    static ObjectNode copy(ObjectNode schema) {
        return Json.object().setAll(schema);
    }

    /** Both schemas in one: properties and required names add up, of other words the later wins. */
    static void merge(ObjectNode into, JsonNode more) {
        more.properties().forEach(entry -> {
            JsonNode before = into.get(entry.getKey());
            JsonNode value = entry.getValue();
            if (entry.getKey().equals("properties") && before instanceof ObjectNode known && value.isObject()) {
                ObjectNode both = copy(known);
                both.setAll((ObjectNode) value);
                into.set(entry.getKey(), both);
            } else if (entry.getKey().equals("required") && before instanceof ArrayNode known && value.isArray()) {
                Set<JsonNode> names = new LinkedHashSet<>();
                known.forEach(names::add);
                value.forEach(names::add);
                into.putArray(entry.getKey()).addAll(names);
            } else {
                into.set(entry.getKey(), value);
            }
        });
    }

    private static ObjectNode allOf(ObjectNode schema) {
        ObjectNode merged = Json.object();
        for (JsonNode branch : schema.get("allOf")) {
            merge(merged, branch instanceof ObjectNode object ? rewrite(object) : branch);
        }
        ObjectNode own = copy(schema);
        own.remove("allOf");
        merge(merged, own);
        return merged;
    }

    private static void typeList(ObjectNode schema) {
        JsonNode list = schema.path("type");
        if (!list.isArray()) {
            return;
        }
        List<String> types = new ArrayList<>();
        list.forEach(type -> types.add(type.asText().toLowerCase(Locale.ROOT)));
        if (types.remove("null")) {
            schema.put("nullable", true);
        }
        schema.remove("type");
        if (types.size() == 1) {
            schema.put("type", types.getFirst());
        } else if (!types.isEmpty()) {
            split(schema, types);
        }
    }

    /** One branch for each type, with the words that constrain it. */
    private static void split(ObjectNode schema, List<String> types) {
        ArrayNode branches = Json.array();
        for (String type : types) {
            ObjectNode branch = branches.addObject().put("type", type);
            Set<String> fitting = wordsOf(type);
            schema.properties().forEach(entry -> {
                if (fitting.contains(entry.getKey())) {
                    branch.set(entry.getKey(), entry.getValue());
                }
            });
        }
        schema.retain(OF_WHOLE);
        schema.set("anyOf", branches);
    }

    private static Set<String> wordsOf(String type) {
        return switch (type) {
            case "object" -> OF_OBJECT;
            case "array" -> OF_ARRAY;
            case "string" -> OF_STRING;
            case "number", "integer" -> OF_NUMBER;
            default -> Set.of();
        };
    }

    private static void alternatives(ObjectNode schema) {
        if (!schema.has("anyOf") && !schema.has("oneOf")) {
            return;
        }
        List<JsonNode> branches = new ArrayList<>();
        schema.path("anyOf").forEach(branches::add);
        schema.path("oneOf").forEach(branches::add);
        schema.remove("anyOf");
        schema.remove("oneOf");
        if (branches.removeIf(SchemaUnions::isNull)) {
            schema.put("nullable", true);
        }
        if (schema.has("type") || schema.has("properties")) {
            // Branches that only say which properties go together cannot be expressed.
            branches.removeIf(branch -> DECLARING.stream().noneMatch(branch::has));
        }
        if (branches.size() == 1 && branches.getFirst() instanceof ObjectNode only) {
            hoist(schema, rewrite(only));
        } else if (!branches.isEmpty() && branches.stream().allMatch(SchemaUnions::isConstant)) {
            schema.set("enum", constants(branches));
        } else if (!branches.isEmpty()) {
            schema.putArray("anyOf").addAll(branches);
        }
    }

    private static void hoist(ObjectNode schema, ObjectNode branch) {
        ObjectNode own = copy(schema);
        schema.removeAll();
        merge(schema, branch);
        merge(schema, own);
    }

    private static boolean isNull(JsonNode branch) {
        return branch.path("type").asText().equalsIgnoreCase("null")
                || (branch.has("const") && branch.get("const").isNull());
    }

    private static boolean isConstant(JsonNode branch) {
        return (branch.has("const") || branch.path("enum").isArray())
                && !branch.has("properties")
                && !branch.has("items");
    }

    private static ArrayNode constants(List<JsonNode> branches) {
        ArrayNode values = Json.array();
        for (JsonNode branch : branches) {
            if (branch.has("const")) {
                values.add(branch.get("const"));
            } else {
                branch.get("enum").forEach(values::add);
            }
        }
        return values;
    }
}
