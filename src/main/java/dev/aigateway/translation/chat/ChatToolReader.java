package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.CacheMark;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the tools of a Chat request, the deprecated functions included (translation reference, section 11). Stateless. */
final class ChatToolReader {
    private ChatToolReader() {}

    static Tools read(JsonFields fields) {
        List<Tool> tools = new ArrayList<>();
        fields.array("tools").forEach(element -> tools.add(tool(element.fields())));
        fields.object("web_search_options")
                .ifPresent(options -> tools.add(
                        new Tool.Hosted("web_search", Tool.HostedKind.WEB_SEARCH, Dialect.CHAT, options.raw())));
        fields.array("functions").forEach(element -> tools.add(function(element.fields(), Optional.empty())));
        ToolChoice choice = fields.value("tool_choice")
                .map(value -> choice(value, fields.path("tool_choice")))
                .or(() -> fields.value("function_call").map(value -> legacyChoice(value, fields.path("function_call"))))
                .orElse(new ToolChoice.Unset());
        return new Tools(List.copyOf(tools), choice, fields.optionalFlag("parallel_tool_calls"));
    }

    private static Tool tool(JsonFields tool) {
        String type = tool.text("type").orElse("function");
        return switch (type) {
            case "function" -> function(tool.requiredObject("function"), ChatContentReader.cache(tool));
            case "custom" -> custom(tool.requiredObject("custom"));
            default -> new Tool.Hosted(type, hostedKind(type), Dialect.CHAT, tool.raw());
        };
    }

    private static Tool.HostedKind hostedKind(String type) {
        return type.startsWith("web_search") ? Tool.HostedKind.WEB_SEARCH : Tool.HostedKind.OTHER;
    }

    private static Tool function(JsonFields function, Optional<CacheMark> cache) {
        return new Tool.Function(
                function.requiredText("name"),
                Optional.empty(),
                function.text("description"),
                function.object("parameters").map(JsonFields::raw),
                function.optionalFlag("strict"),
                cache,
                Optional.empty());
    }

    private static Tool custom(JsonFields custom) {
        return new Tool.Custom(
                custom.requiredText("name"), Optional.empty(), custom.text("description"), custom.raw("format"));
    }

    private static ToolChoice choice(JsonNode value, String path) {
        if (value.isTextual()) {
            return mode(value.textValue(), value, path);
        }
        JsonFields choice = JsonFields.at(value, path);
        String type = choice.requiredText("type");
        return switch (type) {
            case "function" -> specific(choice.requiredObject("function"), ToolKind.FUNCTION);
            case "custom" -> specific(choice.requiredObject("custom"), ToolKind.CUSTOM);
            case "allowed_tools" -> allowed(choice.requiredObject("allowed_tools"));
            default -> new ToolChoice.HostedTool(type);
        };
    }

    private static ToolChoice mode(String word, JsonNode value, String path) {
        return switch (word) {
            case "none" -> new ToolChoice.None();
            case "auto" -> new ToolChoice.Auto();
            case "required", "any" -> new ToolChoice.Required();
            default -> throw JsonFields.wrongType(path, "none, auto, required or an object", value);
        };
    }

    private static ToolChoice specific(JsonFields named, ToolKind kind) {
        return new ToolChoice.Specific(named.requiredText("name"), kind);
    }

    private static ToolChoice allowed(JsonFields allowed) {
        List<String> names = allowed.array("tools").stream()
                .map(element -> name(element.fields()))
                .toList();
        return new ToolChoice.Allowed(names, allowed.text("mode").orElse("auto").equals("required"));
    }

    private static String name(JsonFields tool) {
        return tool.object("function")
                .or(() -> tool.object("custom"))
                .orElse(tool)
                .requiredText("name");
    }

    private static ToolChoice legacyChoice(JsonNode value, String path) {
        return value.isTextual()
                ? mode(value.textValue(), value, path)
                : new ToolChoice.Specific(JsonFields.at(value, path).requiredText("name"), ToolKind.FUNCTION);
    }

    /** The text of arguments that should be text but were given as a value. */
    static String arguments(JsonNode value) {
        return value.isTextual() ? value.textValue() : Json.text(value);
    }
}
