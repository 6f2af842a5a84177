package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.RawJson;
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

/** Writes tools and the rules for calling them in Messages' form (translation reference, section 11). */
final class MessagesToolWriter {
    private static final RawJson NO_ARGUMENTS = new RawJson("{\"type\":\"object\",\"properties\":{}}");

    private static final String WEB_SEARCH = "web_search";

    private final Conversation conversation;
    private final ToolNames names;
    private final CacheMarks marks;
    private final TranslationNotes notes;
    private final Tools tools;

    MessagesToolWriter(
            Conversation conversation, Target target, ToolNames names, CacheMarks marks, TranslationNotes notes) {
        this.conversation = conversation;
        this.names = names;
        this.marks = marks;
        this.notes = notes;
        this.tools = DeclaredTools.forTarget(
                conversation,
                false,
                hosted -> target.has(Quirk.HOSTED_TOOLS) ? hosted(hosted) : Optional.empty(),
                notes);
    }

    /** Whether the model has to call a tool; it cannot think then. */
    boolean isForced() {
        return switch (tools.choice()) {
            case ToolChoice.Required ignored -> true;
            case ToolChoice.Specific ignored -> true;
            case ToolChoice.Allowed(var allowed, var required) -> required;
            case ToolChoice.Unset ignored -> false;
            case ToolChoice.Auto ignored -> false;
            case ToolChoice.None ignored -> false;
            case ToolChoice.HostedTool(var type) -> type.startsWith(WEB_SEARCH) && declares(WEB_SEARCH);
        };
    }

    /** The fields {@code tools} and {@code tool_choice}; none without tools. */
    ObjectNode write() {
        ObjectNode fields = Json.object();
        List<Tool> declared = tools.choice() instanceof ToolChoice.Allowed(var allowed, var required)
                ? DeclaredTools.allowed(tools.declared(), allowed)
                : tools.declared();
        if (declared.isEmpty()) {
            return fields;
        }
        ArrayNode array = fields.putArray("tools");
        declared.forEach(tool -> array.add(tool(tool)));
        ObjectNode choice = choice();
        boolean single = tools.parallel().filter(parallel -> !parallel).isPresent();
        if (single && choice.isEmpty()) {
            choice.put("type", "auto");
        }
        if (single && !choice.path("type").asText().equals("none")) {
            choice.put("disable_parallel_tool_use", true);
        }
        if (!choice.isEmpty()) {
            fields.set("tool_choice", choice);
        }
        return fields;
    }

    private static Optional<Tool> hosted(Tool.Hosted tool) {
        if (tool.kind() != Tool.HostedKind.WEB_SEARCH) {
            return Optional.empty();
        }
        ObjectNode search = Json.object().put("type", "web_search_20250305").put("name", WEB_SEARCH);
        JsonNode given = Json.tree(tool.raw());
        JsonNode domains = given.path("filters").path("allowed_domains");
        if (domains.isArray()) {
            search.set("allowed_domains", domains);
        }
        JsonNode location = given.path("user_location");
        if (location.isObject()) {
            ObjectNode place = search.putObject("user_location").put("type", "approximate");
            JsonNode details = location.path("approximate").isObject() ? location.get("approximate") : location;
            details.properties().forEach(entry -> {
                if (!entry.getKey().equals("type")) {
                    place.set(entry.getKey(), entry.getValue());
                }
            });
        }
        return Optional.of(new Tool.Hosted(WEB_SEARCH, tool.kind(), tool.dialect(), Json.raw(search)));
    }

    private boolean declares(String hosted) {
        return tools.declared().stream()
                .anyMatch(tool -> tool instanceof Tool.Hosted && tool.name().equals(hosted));
    }

    private JsonNode tool(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> function(function);
            case Tool.Hosted hosted -> Json.verbatim(hosted.raw());
            case Tool.Custom custom -> throw new IllegalStateException("custom tools are emulated: " + custom.name());
        };
    }

    private JsonNode function(Tool.Function tool) {
        ObjectNode node = Json.object().put("name", names.upstream(tool.name(), tool.namespace()));
        tool.description().ifPresent(text -> node.put("description", text));
        node.set("input_schema", schema(tool.schema().orElse(NO_ARGUMENTS)));
        if (tool.strict().orElse(false)) {
            node.put("strict", true);
        }
        marks.write(tool.cache(), node);
        return node;
    }

    private JsonNode schema(RawJson schema) {
        JsonNode tree = Json.tree(schema);
        if (ObjectSchema.isOne(tree)) {
            return Json.verbatim(schema);
        }
        if (ObjectSchema.losesWords(tree)) {
            notes.approximated(Field.TOOLS.in(conversation) + ".schema");
        }
        return ObjectSchema.of(tree);
    }

    private ObjectNode choice() {
        ObjectNode choice = Json.object();
        return switch (tools.choice()) {
            case ToolChoice.Unset ignored -> choice;
            case ToolChoice.Auto ignored -> choice.put("type", "auto");
            case ToolChoice.None ignored -> choice.put("type", "none");
            case ToolChoice.Required ignored -> choice.put("type", "any");
            case ToolChoice.Specific(var name, var kind) ->
                choice.put("type", "tool").put("name", names.upstream(name, Optional.empty()));
            case ToolChoice.Allowed(var allowed, var required) -> {
                notes.approximated(Field.TOOL_CHOICE.in(conversation));
                yield choice.put("type", required ? "any" : "auto");
            }
            case ToolChoice.HostedTool(var type)
            when type.startsWith(WEB_SEARCH) && declares(WEB_SEARCH) ->
                choice.put("type", "tool").put("name", WEB_SEARCH);
            case ToolChoice.HostedTool ignored -> {
                notes.approximated(Field.TOOL_CHOICE.in(conversation));
                yield choice.put("type", "auto");
            }
        };
    }
}
