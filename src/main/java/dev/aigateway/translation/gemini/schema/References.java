package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts what a local {@code $ref} points to in its place (translation reference, section 8.2, step 1). Recursion is cut,
 * and so is a schema that would grow without measure. Confined to one schema.
 */
final class References {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_SCHEMAS = 20_000;

    private final JsonNode root;
    private int schemas;

    private References(JsonNode root) {
        this.root = root;
    }

    static JsonNode inline(JsonNode root) {
        return new References(root).inline(root, Set.of());
    }

    private JsonNode inline(JsonNode schema, Set<String> trail) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        schemas++;
        ObjectNode bare = SchemaUnions.copy(object);
        bare.remove("$defs");
        bare.remove("definitions");
        JsonNode reference = bare.remove("$ref");
        ObjectNode here = SchemaPositions.map(bare, child -> inline(child, trail));
        return reference == null || !reference.isTextual() ? here : resolve(reference.textValue(), here, trail);
    }

    /** What stands beside the reference overrides what it points to. */
    private JsonNode resolve(String reference, ObjectNode beside, Set<String> trail) {
        JsonNode target = target(reference);
        if (!target.isObject()) {
            return beside;
        }
        if (trail.contains(reference) || trail.size() >= MAX_DEPTH || schemas > MAX_SCHEMAS) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            return Json.object().put("type", "object").put("description", name + " (recursive)");
        }
        Set<String> longer = new HashSet<>(trail);
        longer.add(reference);
        ObjectNode resolved = (ObjectNode) inline(target, longer);
        resolved.setAll(beside);
        return resolved;
    }

    private JsonNode target(String reference) {
        if (!reference.startsWith("#")) {
            return root.path("");
        }
        JsonNode at = root;
        String path = reference.substring(1);
        for (String step : path.split("/")) {
            if (!step.isEmpty()) {
                String name = step.replace("~1", "/").replace("~0", "~");
                at = at.isArray() && name.matches("\\d{1,6}") ? at.path(Integer.parseInt(name)) : at.path(name);
            }
        }
        return at;
    }
}
