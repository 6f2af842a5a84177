package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.StrictSchema;
import dev.aigateway.translation.tools.DeclaredTools;
import java.util.List;
import java.util.Optional;

/** Writes tools and the rules for calling them, for an upstream or as the echo in an answer (section 11). */
final class ResponsesToolWriter {
    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");

    private final Conversation conversation;
    private final Names names;
    private final TranslationNotes notes;

    /** What a tool is called in the written form. */
    interface Names {
        String of(String name, Optional<String> namespace);
    }

    ResponsesToolWriter(Conversation conversation, Names names, TranslationNotes notes) {
        this.conversation = conversation;
        this.names = names;
        this.notes = notes;
    }

    static Tools declared(Conversation conversation, TranslationNotes notes) {
        return DeclaredTools.forTarget(conversation, true, ResponsesToolWriter::hosted, notes);
    }

    void write(Tools tools, ObjectNode body) {
        if (tools.declared().isEmpty()) {
            return;
        }
        ArrayNode array = body.putArray("tools");
        tools.declared().forEach(tool -> array.add(tool(tool)));
        choice(tools).ifPresent(choice -> body.set("tool_choice", choice));
        tools.parallel().ifPresent(parallel -> body.put("parallel_tool_calls", parallel));
    }

    JsonNode tool(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> function(function);
            case Tool.Custom custom -> custom(custom);
            case Tool.Hosted hosted -> Json.verbatim(hosted.raw());
        };
    }

    Optional<JsonNode> choice(Tools tools) {
        ObjectNode nodes = Json.object();
        return switch (tools.choice()) {
            case ToolChoice.Unset ignored -> Optional.empty();
            case ToolChoice.Auto ignored -> Optional.of(nodes.textNode("auto"));
            case ToolChoice.None ignored -> Optional.of(nodes.textNode("none"));
            case ToolChoice.Required ignored -> Optional.of(nodes.textNode("required"));
            case ToolChoice.Specific(var name, var kind) -> Optional.of(named(name, tools));
            case ToolChoice.Allowed(var allowed, var required) -> Optional.of(allowed(allowed, required, tools));
            case ToolChoice.HostedTool(var type)
            when conversation.source() == Dialect.RESPONSES ->
                Optional.of(Json.object().put("type", type));
            case ToolChoice.HostedTool ignored -> {
                notes.approximated(Field.TOOL_CHOICE.in(conversation));
                yield Optional.of(nodes.textNode("auto"));
            }
        };
    }

    /** The declaration of an equal hosted tool. */
    private static Optional<Tool> hosted(Tool.Hosted tool) {
        if (tool.dialect() == Dialect.RESPONSES) {
            return Optional.of(tool);
        }
        return switch (tool.kind()) {
            case WEB_SEARCH -> Optional.of(own(tool, webSearch(Json.tree(tool.raw()))));
            case CODE_EXECUTION -> {
                ObjectNode declaration = Json.object().put("type", "code_interpreter");
                declaration.putObject("container").put("type", "auto");
                yield Optional.of(own(tool, declaration));
            }
            case WEB_FETCH, OTHER -> Optional.empty();
        };
    }

    private static ObjectNode webSearch(JsonNode foreign) {
        ObjectNode declaration = Json.object().put("type", "web_search");
        if (foreign.path("allowed_domains").isArray()) {
            declaration.putObject("filters").set("allowed_domains", foreign.get("allowed_domains"));
        }
        if (foreign.path("user_location").isObject()) {
            declaration.set("user_location", foreign.get("user_location"));
        }
        return declaration;
    }

    private static Tool own(Tool.Hosted tool, ObjectNode declaration) {
        return new Tool.Hosted(tool.name(), tool.kind(), Dialect.RESPONSES, Json.raw(declaration));
    }

    /** Where the client's dialect presumes a loose schema, this one would presume a strict one. */
    private JsonNode function(Tool.Function tool) {
        ObjectNode node = Json.object().put("type", "function").put("name", names.of(tool.name(), tool.namespace()));
        tool.description().ifPresent(text -> node.put("description", text));
        node.set("parameters", Json.verbatim(tool.schema().orElse(NO_PARAMETERS)));
        boolean own = conversation.source() == Dialect.RESPONSES;
        StrictSchema.of(tool, conversation, notes)
                .or(() -> own ? Optional.empty() : Optional.of(false))
                .ifPresent(strict -> node.put("strict", strict));
        if (tool.cache().isPresent()) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
        tool.extras()
                .ifPresent(extras -> Json.tree(extras).properties().forEach(extra -> {
                    if (own) {
                        node.set(extra.getKey(), extra.getValue());
                    } else {
                        notes.dropped(Field.TOOLS.in(conversation) + "." + extra.getKey());
                    }
                }));
        return node;
    }

    private JsonNode custom(Tool.Custom tool) {
        ObjectNode node = Json.object().put("type", "custom").put("name", names.of(tool.name(), tool.namespace()));
        tool.description().ifPresent(text -> node.put("description", text));
        tool.format().ifPresent(format -> node.set("format", format(Json.tree(format))));
        return node;
    }

    /** Chat nests a grammar one level deeper. */
    private static JsonNode format(JsonNode format) {
        if (!format.path("grammar").isObject()) {
            return format;
        }
        ObjectNode flat = Json.object().put("type", "grammar");
        flat.setAll((ObjectNode) format.get("grammar"));
        return flat;
    }

    private JsonNode allowed(List<String> allowed, boolean required, Tools tools) {
        ObjectNode node = Json.object().put("type", "allowed_tools").put("mode", required ? "required" : "auto");
        ArrayNode array = node.putArray("tools");
        allowed.forEach(name -> array.add(named(name, tools)));
        return node;
    }

    /** A reference to a tool, in the kind in which it is declared. */
    private ObjectNode named(String name, Tools tools) {
        for (Tool tool : tools.declared()) {
            if (tool.name().equals(name)) {
                return switch (tool) {
                    case Tool.Function function -> reference("function", name, function.namespace());
                    case Tool.Custom custom -> reference("custom", name, custom.namespace());
                    case Tool.Hosted hosted ->
                        Json.object()
                                .put(
                                        "type",
                                        Json.tree(hosted.raw()).path("type").asText(name));
                };
            }
        }
        return reference("function", name, Optional.empty());
    }

    private ObjectNode reference(String type, String name, Optional<String> namespace) {
        return Json.object().put("type", type).put("name", names.of(name, namespace));
    }
}
