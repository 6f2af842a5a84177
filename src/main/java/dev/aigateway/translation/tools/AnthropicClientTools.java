package dev.aigateway.translation.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Tool;
import dev.aigateway.translation.Json;
import java.util.List;
import java.util.Optional;

/**
 * Functions equal to the tools that Anthropic names by type but the client runs itself; their argument schemas are
 * documented by the vendor (translation reference, section 11.6).
 */
public final class AnthropicClientTools {
    private static final List<String> EDITOR_COMMANDS = List.of("view", "create", "str_replace", "insert");
    private static final List<String> MEMORY_COMMANDS =
            List.of("view", "create", "str_replace", "insert", "delete", "rename");

    private AnthropicClientTools() {}

    /** The function that declares the same tool; empty when the vendor runs it or its schema is not fixed. */
    public static Optional<Tool.Function> function(Tool.Hosted tool) {
        if (tool.dialect() != Dialect.MESSAGES) {
            return Optional.empty();
        }
        String type = Json.tree(tool.raw()).path("type").asText();
        if (type.startsWith("bash_")) {
            return Optional.of(function(tool, "Runs a command in a persistent shell.", shell()));
        }
        if (type.startsWith("text_editor_")) {
            return Optional.of(function(tool, "Views and edits text files.", editor(EDITOR_COMMANDS)));
        }
        if (type.startsWith("memory_")) {
            return Optional.of(function(tool, "Stores and recalls notes in files.", memory()));
        }
        return Optional.empty();
    }

    private static Tool.Function function(Tool.Hosted tool, String description, JsonNode schema) {
        return new Tool.Function(tool.name(), Optional.of(description), Optional.of(Json.raw(schema)));
    }

    private static ObjectNode shell() {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("command").put("type", "string");
        properties.putObject("restart").put("type", "boolean");
        return schema;
    }

    private static ObjectNode editor(List<String> commands) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ObjectNode command = properties.putObject("command").put("type", "string");
        commands.forEach(command.putArray("enum")::add);
        for (String text : List.of("path", "file_text", "old_str", "new_str", "insert_text")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("insert_line").put("type", "integer");
        properties
                .putObject("view_range")
                .put("type", "array")
                .putObject("items")
                .put("type", "integer");
        schema.putArray("required").add("command").add("path");
        return schema;
    }

    private static ObjectNode memory() {
        ObjectNode schema = editor(MEMORY_COMMANDS);
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.putObject("old_path").put("type", "string");
        properties.putObject("new_path").put("type", "string");
        schema.putArray("required").add("command");
        return schema;
    }
}
