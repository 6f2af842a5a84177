package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.DeclaredTools;
import dev.aigateway.translation.tools.ToolNames;
import java.util.List;
import java.util.Optional;

/** Writes tools and the rules for calling them in Chat's form (translation reference, section 11). */
final class ChatToolWriter {
    private final Conversation conversation;
    private final ToolNames names;
    private final TranslationNotes notes;

    ChatToolWriter(Conversation conversation, ToolNames names, TranslationNotes notes) {
        this.conversation = conversation;
        this.names = names;
        this.notes = notes;
    }

    static Tools declared(Conversation conversation, Target target, TranslationNotes notes) {
        return DeclaredTools.forTarget(conversation, target.has(Quirk.CUSTOM_TOOLS), hosted -> Optional.empty(), notes);
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

    private JsonNode tool(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> function(function);
            case Tool.Custom custom -> custom(custom);
            case Tool.Hosted hosted -> Json.verbatim(hosted.raw());
        };
    }

    private JsonNode function(Tool.Function tool) {
        ObjectNode node = Json.object().put("type", "function");
        ObjectNode function = node.putObject("function");
        function.put("name", names.upstream(tool.name(), tool.namespace()));
        tool.description().ifPresent(text -> function.put("description", text));
        tool.schema().ifPresent(schema -> function.set("parameters", Json.verbatim(schema)));
        StrictSchema.of(tool, conversation, notes).ifPresent(strict -> function.put("strict", strict));
        if (tool.cache().isPresent()) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
        tool.extras()
                .ifPresent(extras -> Json.tree(extras)
                        .fieldNames()
                        .forEachRemaining(name -> notes.dropped(Field.TOOLS.in(conversation) + "." + name)));
        return node;
    }

    private JsonNode custom(Tool.Custom tool) {
        ObjectNode node = Json.object().put("type", "custom");
        ObjectNode custom = node.putObject("custom");
        custom.put("name", names.upstream(tool.name(), tool.namespace()));
        tool.description().ifPresent(text -> custom.put("description", text));
        tool.format().ifPresent(format -> custom.set("format", Json.verbatim(format)));
        return node;
    }

    private Optional<JsonNode> choice(Tools tools) {
        ObjectNode nodes = Json.object();
        return switch (tools.choice()) {
            case ToolChoice.Unset ignored -> Optional.empty();
            case ToolChoice.Auto ignored -> Optional.of(nodes.textNode("auto"));
            case ToolChoice.None ignored -> Optional.of(nodes.textNode("none"));
            case ToolChoice.Required ignored -> Optional.of(nodes.textNode("required"));
            case ToolChoice.Specific(var name, var kind) -> Optional.of(named(name, tools));
            case ToolChoice.Allowed(var allowed, var required) -> Optional.of(allowed(allowed, required, tools));
            case ToolChoice.HostedTool ignored -> {
                notes.approximated(Field.TOOL_CHOICE.in(conversation));
                yield Optional.of(nodes.textNode("auto"));
            }
        };
    }

    private JsonNode allowed(List<String> allowed, boolean required, Tools tools) {
        ObjectNode node = Json.object().put("type", "allowed_tools");
        ObjectNode set = node.putObject("allowed_tools").put("mode", required ? "required" : "auto");
        ArrayNode array = set.putArray("tools");
        allowed.forEach(name -> array.add(named(name, tools)));
        return node;
    }

    /** A reference to a tool, in the kind in which it is declared upstream. */
    private ObjectNode named(String name, Tools tools) {
        for (Tool tool : tools.declared()) {
            if (tool.name().equals(name)) {
                return switch (tool) {
                    case Tool.Function function -> reference("function", name, function.namespace());
                    case Tool.Custom custom -> reference("custom", name, custom.namespace());
                    case Tool.Hosted ignored -> Json.object().put("type", name);
                };
            }
        }
        return reference("function", name, Optional.empty());
    }

    private ObjectNode reference(String type, String name, Optional<String> namespace) {
        ObjectNode node = Json.object().put("type", type);
        node.putObject(type).put("name", names.upstream(name, namespace));
        return node;
    }
}
