package dev.aigateway.translation.gemini;

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
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.gemini.schema.SchemaCache;
import dev.aigateway.translation.gemini.schema.SchemaForm;
import dev.aigateway.translation.tools.DeclaredTools;
import dev.aigateway.translation.tools.ToolNames;
import java.util.List;
import java.util.Optional;

/** Writes tools and the rules for calling them (translation reference, sections 8.1 and 11). Confined to one request. */
final class GeminiToolWriter {
    private final Conversation conversation;
    private final Target target;
    private final ToolNames names;
    private final SchemaCache schemas;
    private final TranslationNotes notes;

    GeminiToolWriter(
            Conversation conversation, Target target, ToolNames names, SchemaCache schemas, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.names = names;
        this.schemas = schemas;
        this.notes = notes;
    }

    void write(ObjectNode body) {
        Tools tools = DeclaredTools.forTarget(conversation, false, this::hosted, notes);
        if (tools.declared().isEmpty()) {
            return;
        }
        ArrayNode array = Json.array();
        ArrayNode functions = functions(tools);
        if (!functions.isEmpty()) {
            array.addObject().set("functionDeclarations", functions);
        }
        ObjectNode config = Json.object();
        List<Tool.Hosted> hosted = tools.declared().stream()
                .filter(Tool.Hosted.class::isInstance)
                .map(Tool.Hosted.class::cast)
                .toList();
        if (!functions.isEmpty()) {
            choice(tools).ifPresent(choice -> config.set("functionCallingConfig", choice));
        }
        if (mayHold(hosted, functions, config)) {
            hosted.forEach(tool -> array.add(Json.verbatim(tool.raw())));
        }
        if (!array.isEmpty()) {
            body.set("tools", array);
        }
        if (!config.isEmpty()) {
            body.set("toolConfig", config);
        }
        if (tools.parallel().filter(parallel -> !parallel).isPresent()) {
            notes.dropped(Field.PARALLEL_TOOLS.in(conversation));
        }
    }

    /** Functions and Google's own tools exclude each other before Gemini 3, and need a switch there. */
    private boolean mayHold(List<Tool.Hosted> hosted, ArrayNode functions, ObjectNode config) {
        if (hosted.isEmpty() || functions.isEmpty()) {
            return !hosted.isEmpty();
        }
        if (GeminiRequestWriter.isGemini3(target)) {
            config.put("includeServerSideToolInvocations", true);
            return true;
        }
        hosted.forEach(tool -> notes.dropped(Field.TOOLS.in(conversation) + "." + tool.name()));
        return false;
    }

    private Optional<Tool> hosted(Tool.Hosted tool) {
        if (tool.dialect() == Dialect.GEMINI) {
            return Optional.of(tool);
        }
        return switch (tool.kind()) {
            case WEB_SEARCH -> Optional.of(own(tool, "googleSearch"));
            case WEB_FETCH -> Optional.of(own(tool, "urlContext"));
            case CODE_EXECUTION -> Optional.of(own(tool, "codeExecution"));
            case OTHER -> Optional.empty();
        };
    }

    private static Tool own(Tool.Hosted tool, String name) {
        return new Tool.Hosted(tool.name(), tool.kind(), Dialect.GEMINI, new RawJson("{\"" + name + "\":{}}"));
    }

    private ArrayNode functions(Tools tools) {
        List<Tool> declared = tools.choice() instanceof ToolChoice.Allowed(var allowed, var required) && !required
                ? allowed(tools.declared(), allowed)
                : tools.declared();
        ArrayNode functions = Json.array();
        for (Tool tool : declared) {
            if (tool instanceof Tool.Function function) {
                functions.add(function(function));
            }
        }
        return functions;
    }

    private List<Tool> allowed(List<Tool> tools, List<String> allowed) {
        notes.approximated(Field.TOOL_CHOICE.in(conversation));
        return DeclaredTools.allowed(tools, allowed);
    }

    private ObjectNode function(Tool.Function tool) {
        ObjectNode node = Json.object().put("name", names.upstream(tool.name(), tool.namespace()));
        tool.description().ifPresent(text -> node.put("description", text));
        tool.schema().ifPresent(schema -> parameters(schema, node));
        if (tool.strict().orElse(false)) {
            notes.dropped(Field.TOOLS.in(conversation) + ".strict");
        }
        if (tool.cache().isPresent()) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
        tool.extras().map(Json::tree).ifPresent(extras -> extras(extras, node));
        return node;
    }

    private void extras(JsonNode extras, ObjectNode node) {
        if (conversation.source() == Dialect.GEMINI) {
            node.setAll((ObjectNode) extras);
        } else {
            extras.fieldNames().forEachRemaining(name -> notes.dropped(Field.TOOLS.in(conversation) + "." + name));
        }
    }

    private void parameters(RawJson schema, ObjectNode node) {
        SchemaForm form = GeminiRequestWriter.schemaForm(target);
        SchemaForm.Written written = schemas.parameters(schema, form);
        if (written.changed()) {
            notes.approximated(Field.TOOLS.in(conversation) + ".schema");
        }
        String name = form == SchemaForm.TRIMMED ? "parametersJsonSchema" : "parameters";
        written.schema().ifPresent(parameters -> node.set(name, Json.verbatim(parameters)));
    }

    private Optional<ObjectNode> choice(Tools tools) {
        return switch (tools.choice()) {
            case ToolChoice.Unset ignored -> Optional.empty();
            case ToolChoice.Auto ignored -> Optional.of(mode("AUTO"));
            case ToolChoice.None ignored -> Optional.of(mode("NONE"));
            case ToolChoice.Required ignored -> Optional.of(mode("ANY"));
            case ToolChoice.Specific(var name, var kind) -> Optional.of(only(List.of(name), tools));
            case ToolChoice.Allowed(var allowed, var required) ->
                Optional.of(required ? only(allowed, tools) : mode("AUTO"));
            case ToolChoice.HostedTool ignored -> {
                notes.approximated(Field.TOOL_CHOICE.in(conversation));
                yield Optional.of(mode("AUTO"));
            }
        };
    }

    private static ObjectNode mode(String mode) {
        return Json.object().put("mode", mode);
    }

    private ObjectNode only(List<String> allowed, Tools tools) {
        ObjectNode config = mode("ANY");
        ArrayNode array = config.putArray("allowedFunctionNames");
        allowed.forEach(name -> array.add(names.upstream(name, namespace(name, tools))));
        return config;
    }

    private static Optional<String> namespace(String name, Tools tools) {
        return tools.declared().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .flatMap(tool -> tool instanceof Tool.Function function ? function.namespace() : Optional.empty());
    }
}
