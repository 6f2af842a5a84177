package dev.aigateway.translation.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.gemini.schema.SchemaCleaner;
import java.util.List;

/** Cleans the schemas of a Gemini request down to the OpenAPI subset (translation reference, sections 8.2 and 9.5). */
final class Schemas {
    private static final List<String> PARAMETERS = List.of("parametersJsonSchema", "parameters");
    private static final List<String> ANSWERS = List.of("responseJsonSchema", "responseSchema");

    private Schemas() {}

    static boolean clean(ObjectNode body) {
        JsonNode before = body.deepCopy();
        for (JsonNode tool : body.path("tools")) {
            for (JsonNode function : member(tool, "functionDeclarations")) {
                if (function instanceof ObjectNode declaration) {
                    parameters(declaration);
                }
            }
        }
        if (member(body, "generationConfig") instanceof ObjectNode config) {
            answer(config);
        }
        return !body.equals(before);
    }

    private static void parameters(ObjectNode declaration) {
        for (String name : PARAMETERS) {
            JsonNode schema = member(declaration, name);
            if (schema.isObject()) {
                Parameters.remove(List.of(name), declaration);
                SchemaCleaner.parameters(schema).ifPresent(cleaned -> declaration.set("parameters", cleaned));
                return;
            }
        }
    }

    private static void answer(ObjectNode config) {
        for (String name : ANSWERS) {
            JsonNode schema = member(config, name);
            if (schema.isObject()) {
                Parameters.remove(List.of(name), config);
                config.set("responseSchema", SchemaCleaner.clean(schema));
                return;
            }
        }
    }

    private static JsonNode member(JsonNode object, String camel) {
        return object.path(Spelling.of(camel, object).orElse(camel));
    }
}
