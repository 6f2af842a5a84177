package dev.aigateway.translation.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.translation.Json;
import java.util.Optional;

/**
 * Functions equal to the tools that Responses names by type but the client runs itself; {@link ToolRestoration} turns their
 * calls back (translation reference, section 11.6). Stateless.
 */
public final class ResponsesClientTools {
    private static final RawJson LOCAL_SHELL = new RawJson("""
            {"type":"object","properties":{\
            "command":{"type":"array","items":{"type":"string"},\
            "description":"The program and its arguments, such as [\\"bash\\",\\"-lc\\",\\"ls\\"]."},\
            "working_directory":{"type":"string"},\
            "timeout_ms":{"type":"integer"}},\
            "required":["command"]}""");

    private static final RawJson SHELL = new RawJson("""
            {"type":"object","properties":{\
            "commands":{"type":"array","items":{"type":"string"},\
            "description":"Command lines, each run in a shell of its own."},\
            "timeout_ms":{"type":"integer"},\
            "max_output_length":{"type":"integer"}},\
            "required":["commands"]}""");

    private static final RawJson APPLY_PATCH = new RawJson("""
            {"type":"object","properties":{\
            "type":{"type":"string","enum":["create_file","update_file","delete_file"]},\
            "path":{"type":"string"},\
            "diff":{"type":"string","description":"The change in V4A form. For create_file: every line of the file\
             with '+' before it. For update_file: sections that begin with a line '@@', then lines with ' ', '-' or '+'\
             before them. Not for delete_file."}},\
            "required":["type","path"]}""");

    private ResponsesClientTools() {}

    /** How calls of a tool are shown to the client; empty for tools that the vendor runs. */
    public static Optional<ToolKind> kind(Tool.Hosted tool) {
        if (tool.dialect() != Dialect.RESPONSES) {
            return Optional.empty();
        }
        JsonNode declaration = Json.tree(tool.raw());
        return switch (declaration.path("type").asText()) {
            case "local_shell" -> Optional.of(ToolKind.LOCAL_SHELL);
            case "shell" ->
                inContainer(declaration.path("environment")) ? Optional.empty() : Optional.of(ToolKind.SHELL);
            case "apply_patch" -> Optional.of(ToolKind.APPLY_PATCH);
            default -> Optional.empty();
        };
    }

    /** Whether the vendor runs the commands, in a container of its own. */
    public static boolean inContainer(JsonNode environment) {
        return environment.path("type").asText().startsWith("container");
    }

    /** The function that stands in for a tool; empty when the vendor runs it. */
    public static Optional<Tool.Function> function(Tool.Hosted tool) {
        return kind(tool).flatMap(kind -> switch (kind) {
            case LOCAL_SHELL ->
                function(tool, "Runs one command on the user's machine and returns its output.", LOCAL_SHELL);
            case SHELL -> function(tool, "Runs commands on the user's machine and returns their output.", SHELL);
            case APPLY_PATCH -> function(tool, "Creates, updates or deletes one file.", APPLY_PATCH);
            case FUNCTION, CUSTOM -> Optional.empty();
        });
    }

    private static Optional<Tool.Function> function(Tool.Hosted tool, String description, RawJson schema) {
        return Optional.of(new Tool.Function(tool.name(), Optional.of(description), Optional.of(schema)));
    }
}
