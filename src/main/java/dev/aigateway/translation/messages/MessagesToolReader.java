package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tools of a Messages request (translation reference, section 11). Stateless. */
final class MessagesToolReader {
    private MessagesToolReader() {}

    static Tools read(JsonFields fields) {
        List<Tool> tools = fields.array("tools").stream()
                .map(element -> tool(element.fields()))
                .toList();
        Optional<JsonFields> choice = fields.object("tool_choice");
        return new Tools(
                tools,
                choice.map(MessagesToolReader::choice).orElse(new ToolChoice.Unset()),
                choice.flatMap(value -> value.optionalFlag("disable_parallel_tool_use"))
                        .map(disabled -> !disabled));
    }

    private static Tool tool(JsonFields tool) {
        String type = tool.text("type").orElse("custom");
        String name = tool.requiredText("name");
        if (!type.equals("custom")) {
            return new Tool.Hosted(name, kind(type), Dialect.MESSAGES, tool.raw());
        }
        return new Tool.Function(
                name,
                Optional.empty(),
                tool.text("description"),
                Optional.of(tool.requiredObject("input_schema").raw()),
                tool.optionalFlag("strict"),
                MessagesBlockReader.cache(tool),
                extras(tool.rest()));
    }

    private static Tool.HostedKind kind(String type) {
        if (type.startsWith("web_search_")) {
            return Tool.HostedKind.WEB_SEARCH;
        }
        if (type.startsWith("web_fetch_")) {
            return Tool.HostedKind.WEB_FETCH;
        }
        return type.startsWith("code_execution_") ? Tool.HostedKind.CODE_EXECUTION : Tool.HostedKind.OTHER;
    }

    private static Optional<RawJson> extras(Map<String, RawJson> rest) {
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode object = Json.object();
        rest.forEach((name, value) -> object.set(name, Json.tree(value)));
        return Optional.of(Json.raw(object));
    }

    private static ToolChoice choice(JsonFields choice) {
        String type = choice.requiredText("type");
        return switch (type) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Specific(choice.requiredText("name"), ToolKind.FUNCTION);
            default -> throw choice.bad("type", "must be auto, any, tool or none, not '" + type + "'");
        };
    }
}
