package dev.aigateway.translation.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.translation.Json;
import java.util.Optional;

/**
 * Functions that stand in for custom tools at upstreams that know only functions (translation reference, section 11.4).
 * {@link ToolRestoration} undoes it in the answer.
 */
public final class CustomTools {
    private static final int MAX_GRAMMAR = 8 * 1024;

    private CustomTools() {}

    /** The function that takes the tool's free text as its only argument. */
    public static Tool.Function function(Tool.Custom tool) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties")
                .putObject(CustomInput.FIELD)
                .put("type", "string")
                .put("description", "The raw text that the tool takes.");
        schema.putArray("required").add(CustomInput.FIELD);
        return new Tool.Function(
                tool.name(),
                tool.namespace(),
                description(tool),
                Optional.of(Json.raw(schema)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The arguments of an earlier call in the form that the function takes. */
    public static String arguments(Block.ToolCall call) {
        return call.kind() == ToolKind.CUSTOM
                ? Json.text(Json.object().put(CustomInput.FIELD, call.arguments()))
                : call.arguments();
    }

    private static Optional<String> description(Tool.Custom tool) {
        String grammar = tool.format().map(CustomTools::grammar).orElse("");
        String text = tool.description().orElse("");
        String both = text + (text.isEmpty() || grammar.isEmpty() ? "" : "\n\n") + grammar;
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    private static String grammar(RawJson format) {
        JsonNode tree = Json.tree(format);
        JsonNode nested = tree.path("grammar").isObject() ? tree.path("grammar") : tree;
        String definition = nested.path("definition").asText();
        if (definition.isEmpty()) {
            return "";
        }
        String cut = definition.substring(0, Math.min(definition.length(), MAX_GRAMMAR));
        return "The input must follow this " + nested.path("syntax").asText("grammar") + " grammar:\n" + cut;
    }
}
