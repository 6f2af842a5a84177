package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the tools of a Responses request; a namespace gives its name to every tool in it (sections 11.1 and 11.5). */
final class ResponsesToolReader {
    private ResponsesToolReader() {}

    static List<Tool> read(List<JsonFields.Element> declared) {
        List<Tool> tools = new ArrayList<>();
        declared.forEach(element -> tool(element.fields(), Optional.empty(), tools));
        return tools;
    }

    static ToolChoice choice(JsonFields fields) {
        return fields.value("tool_choice")
                .map(value -> choice(value, fields.path("tool_choice")))
                .orElse(new ToolChoice.Unset());
    }

    private static void tool(JsonFields tool, Optional<String> namespace, List<Tool> tools) {
        String type = tool.requiredText("type");
        switch (type) {
            case "function" -> tools.add(function(tool, namespace));
            case "custom" ->
                tools.add(new Tool.Custom(
                        tool.requiredText("name"),
                        namespace,
                        tool.text("description"),
                        tool.value("format").map(ResponsesToolReader::format)));
            case "namespace" -> {
                Optional<String> name = Optional.of(tool.requiredText("name"));
                tool.array("tools").forEach(element -> tool(element.fields(), name, tools));
            }
            default -> tools.add(new Tool.Hosted(type, hostedKind(type), Dialect.RESPONSES, tool.raw()));
        }
    }

    private static Tool function(JsonFields tool, Optional<String> namespace) {
        return new Tool.Function(
                tool.requiredText("name"),
                namespace,
                tool.text("description"),
                tool.object("parameters").map(JsonFields::raw),
                tool.optionalFlag("strict"),
                Optional.empty(),
                extras(tool.rest()));
    }

    /** The hub keeps a grammar as Chat nests it. */
    private static RawJson format(JsonNode format) {
        if (!format.path("type").asText().equals("grammar") || format.has("grammar")) {
            return Json.raw(format);
        }
        ObjectNode inner = format.deepCopy();
        inner.remove("type");
        ObjectNode nested = Json.object().put("type", "grammar");
        nested.set("grammar", inner);
        return Json.raw(nested);
    }

    private static Optional<RawJson> extras(SequencedMap<String, RawJson> rest) {
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode extras = Json.object();
        rest.forEach((name, value) -> extras.set(name, Json.verbatim(value)));
        return Optional.of(Json.raw(extras));
    }

    private static Tool.HostedKind hostedKind(String type) {
        if (type.startsWith("web_search")) {
            return Tool.HostedKind.WEB_SEARCH;
        }
        return type.equals("code_interpreter") ? Tool.HostedKind.CODE_EXECUTION : Tool.HostedKind.OTHER;
    }

    private static ToolChoice choice(JsonNode value, String path) {
        if (value.isTextual()) {
            return switch (value.textValue()) {
                case "none" -> new ToolChoice.None();
                case "auto" -> new ToolChoice.Auto();
                case "required" -> new ToolChoice.Required();
                default -> throw JsonFields.wrongType(path, "none, auto, required or an object", value);
            };
        }
        JsonFields choice = JsonFields.at(value, path);
        String type = choice.requiredText("type");
        return switch (type) {
            case "function" -> new ToolChoice.Specific(choice.requiredText("name"), ToolKind.FUNCTION);
            case "custom" -> new ToolChoice.Specific(choice.requiredText("name"), ToolKind.CUSTOM);
            case "allowed_tools" -> allowed(choice);
            default -> new ToolChoice.HostedTool(type);
        };
    }

    /** Hosted tools have no name but their type. */
    private static ToolChoice allowed(JsonFields choice) {
        List<String> names = choice.array("tools").stream()
                .map(JsonFields.Element::fields)
                .map(tool -> tool.text("name").orElseGet(() -> tool.requiredText("type")))
                .toList();
        return new ToolChoice.Allowed(names, choice.text("mode").orElse("auto").equals("required"));
    }
}
