package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the root of a tool's schema into the one form that Anthropic takes: an object that says so, without alternatives.
 * The properties of all branches become properties of the root; what only some branches require is not required
 * (translation reference, section 8.1). Stateless.
 */
final class ObjectSchema {
    private static final List<String> JOINS = List.of("anyOf", "oneOf", "allOf");

    private ObjectSchema() {}

    static boolean isOne(JsonNode schema) {
        return schema.path("type").asText().equals("object") && !losesWords(schema);
    }

    /** Whether the form cannot say all that the schema says. */
    static boolean losesWords(JsonNode schema) {
        return JOINS.stream().anyMatch(schema::has);
    }

    static ObjectNode of(JsonNode schema) {
        ObjectNode root = Json.object().put("type", "object");
        schema.properties().forEach(entry -> {
            if (!entry.getKey().equals("type") && !JOINS.contains(entry.getKey())) {
                root.set(entry.getKey(), entry.getValue());
            }
        });
        Map<String, Set<JsonNode>> properties = new LinkedHashMap<>();
        Set<JsonNode> required = new LinkedHashSet<>();
        add(schema, properties, required);
        for (String join : JOINS) {
            Set<JsonNode> wanted = join.equals("allOf") ? required : new LinkedHashSet<>();
            schema.path(join).forEach(branch -> add(branch, properties, wanted));
        }
        if (!properties.isEmpty()) {
            ObjectNode all = root.putObject("properties");
            properties.forEach((name, schemas) -> all.set(name, joined(schemas)));
        }
        if (!required.isEmpty()) {
            root.putArray("required").addAll(required);
        }
        return root;
    }

    private static void add(JsonNode branch, Map<String, Set<JsonNode>> properties, Set<JsonNode> required) {
        branch.path("properties")
                .properties()
                .forEach(entry -> properties
                        .computeIfAbsent(entry.getKey(), ignored -> new LinkedHashSet<>())
                        .add(entry.getValue()));
        branch.path("required").forEach(required::add);
    }

    /** Branches often differ in one constant, so that each form of a property must stay possible. */
    private static JsonNode joined(Set<JsonNode> schemas) {
        if (schemas.size() == 1) {
            return schemas.iterator().next();
        }
        ObjectNode any = Json.object();
        any.putArray("anyOf").addAll(schemas);
        return any;
    }
}
