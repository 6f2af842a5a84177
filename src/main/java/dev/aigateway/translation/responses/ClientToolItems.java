package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.tools.ResponsesClientTools;
import java.util.List;
import java.util.Optional;

/**
 * The items of tools that Responses names by type but the client runs: calls with an action or an operation where functions
 * have arguments, and their outputs. Arguments that are cut short become an action that does nothing, for a client would
 * run what is left of a command (translation reference, sections 4.1 and 11.6). Stateless.
 */
final class ClientToolItems {
    private static final String CALL = "_call";
    private static final List<String> SHELL_LIMITS = List.of("timeout_ms", "max_output_length");
    private static final List<String> LOCAL_SHELL_OPTIONS = List.of("timeout_ms", "user", "working_directory");

    private ClientToolItems() {}

    static boolean isClientTool(ToolKind kind) {
        return kind != ToolKind.FUNCTION && kind != ToolKind.CUSTOM;
    }

    /** @param itemType the type of a call or of its output */
    static ToolKind kind(String itemType) {
        return switch (itemType.substring(0, itemType.indexOf(CALL))) {
            case "local_shell" -> ToolKind.LOCAL_SHELL;
            case "shell" -> ToolKind.SHELL;
            default -> ToolKind.APPLY_PATCH;
        };
    }

    /** The name of the function that stands in for the tool, which is the tool's type. */
    static String toolName(ToolKind kind) {
        return kind == ToolKind.LOCAL_SHELL ? "local_shell" : kind == ToolKind.SHELL ? "shell" : "apply_patch";
    }

    /** Whether a call was run by the vendor. */
    static boolean isVendorRun(JsonFields call) {
        return call.value("environment")
                .filter(ResponsesClientTools::inContainer)
                .isPresent();
    }

    /** What a call item does, as the arguments of the function that stands in for the tool. */
    static String arguments(ToolKind kind, JsonFields call) {
        JsonFields action = call.requiredObject(kind == ToolKind.APPLY_PATCH ? "operation" : "action");
        ObjectNode arguments = Json.object();
        action.node().properties().forEach(entry -> {
            boolean fixed = kind == ToolKind.LOCAL_SHELL && entry.getKey().equals("type");
            JsonNode value = entry.getValue();
            if (!fixed && !value.isNull() && !(value.isObject() && value.isEmpty())) {
                arguments.set(entry.getKey(), value);
            }
        });
        return Json.text(arguments);
    }

    /** What an output item says; a shell's outcomes stay JSON, which models read well. */
    static List<Block> output(JsonFields item) {
        Optional<String> text = item.value("output")
                .map(output -> output.isTextual() ? output.textValue() : Json.text(output))
                .filter(output -> !output.isEmpty());
        return text.<List<Block>>map(output -> List.of(new Block.Text(output))).orElse(List.of());
    }

    /** A call in the answer to a client. */
    static ObjectNode call(String id, String status, ResponsesItems.Call call, String arguments) {
        ObjectNode item = Json.object().put("id", id);
        item.setAll(call(call.kind(), call.id(), arguments));
        // A patch knows no other word for what is not whole.
        boolean cut = call.kind() == ToolKind.APPLY_PATCH && status.equals(ResponsesStatus.INCOMPLETE);
        return item.put("status", cut ? "in_progress" : status);
    }

    /** A call as input. */
    static ObjectNode call(ToolKind kind, String callId, String arguments) {
        JsonNode given = Json.parse(arguments).filter(JsonNode::isObject).orElseGet(Json::object);
        ObjectNode item = Json.object()
                .put("type", toolName(kind) + CALL)
                .put("status", ResponsesStatus.COMPLETED)
                .put("call_id", callId);
        switch (kind) {
            case LOCAL_SHELL -> item.set("action", localShell(given));
            case APPLY_PATCH -> item.set("operation", operation(given));
            default -> {
                item.set("action", shell(given));
                item.putObject("environment").put("type", "local");
            }
        }
        return item;
    }

    /** An output as input. */
    static ObjectNode result(ToolKind kind, String callId, String text) {
        ObjectNode item = Json.object()
                .put("type", toolName(kind) + CALL + "_output")
                .put(kind == ToolKind.LOCAL_SHELL ? "id" : "call_id", callId);
        Optional<JsonNode> outcomes =
                Json.parse(text).filter(parsed -> kind == ToolKind.SHELL).filter(JsonNode::isArray);
        if (kind == ToolKind.APPLY_PATCH) {
            item.put("status", text.startsWith("Error: ") ? "failed" : ResponsesStatus.COMPLETED);
        }
        outcomes.ifPresentOrElse(value -> item.set("output", value), () -> item.put("output", text));
        return item;
    }

    /** Models give a whole command line as one text, too. */
    private static ObjectNode localShell(JsonNode given) {
        ObjectNode action = Json.object().put("type", "exec");
        JsonNode command = given.path("command");
        ArrayNode words = action.putArray("command");
        if (command.isTextual()) {
            words.add("bash").add("-lc").add(command.textValue());
        } else {
            command.forEach(word -> words.add(word.asText()));
        }
        JsonNode env = given.path("env");
        action.set("env", env.isObject() ? env : Json.object());
        LOCAL_SHELL_OPTIONS.forEach(name -> {
            if (given.hasNonNull(name)) {
                action.set(name, given.get(name));
            }
        });
        return action;
    }

    private static ObjectNode shell(JsonNode given) {
        ObjectNode action = Json.object();
        JsonNode commands = given.path("commands");
        ArrayNode lines = action.putArray("commands");
        if (commands.isTextual()) {
            lines.add(commands.textValue());
        } else {
            commands.forEach(line -> lines.add(line.asText()));
        }
        SHELL_LIMITS.forEach(name -> {
            JsonNode limit = given.path(name);
            action.set(name, limit.isIntegralNumber() ? limit : action.nullNode());
        });
        return action;
    }

    private static ObjectNode operation(JsonNode given) {
        String type = given.path("type").asText("update_file");
        ObjectNode operation =
                Json.object().put("type", type).put("path", given.path("path").asText());
        return type.equals("delete_file")
                ? operation
                : operation.put("diff", given.path("diff").asText());
    }
}
