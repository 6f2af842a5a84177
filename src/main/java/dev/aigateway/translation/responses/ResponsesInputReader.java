package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.ToolNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads instructions and input items: neighbouring items of the assistant become one turn, neighbouring outputs one user
 * turn (translation reference, sections 4.1, 10.1 and 10.2). Items of hosted tools stay opaque. Confined to one request.
 */
final class ResponsesInputReader {
    /** State on the vendor's servers that stands in for the input. */
    private static final List<String> STORED = List.of("previous_response_id", "conversation", "prompt");

    private final Conversation.Builder builder;
    private final TranslationNotes notes;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Tool> deferredTools = new ArrayList<>();
    private final Map<String, String> toolNames = new HashMap<>();
    /** The ids of calls, by the ids of their items. */
    private final Map<String, String> callIds = new HashMap<>();
    /** Calls that the vendor ran itself, in a container. */
    private final Set<String> vendorRuns = new HashSet<>();

    private @Nullable List<Block> assistant;
    private @Nullable List<Block> results;

    ResponsesInputReader(Conversation.Builder builder, TranslationNotes notes) {
        this.builder = builder;
        this.notes = notes;
    }

    void read(JsonFields request) {
        request.text("instructions")
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> builder.system(List.of(new Block.Text(text))));
        Optional<JsonNode> input = request.value("input");
        if (input.filter(JsonNode::isTextual).isPresent()) {
            List<Block> blocks = ResponsesContentReader.read(request, "input");
            requireContent(request, blocks.isEmpty());
            turns.add(new Turn(Role.USER, blocks));
        } else {
            List<JsonFields.Element> items = request.array("input");
            requireContent(request, items.isEmpty());
            items.forEach(element -> item(element.fields()));
        }
        builder.turns(turns.stream()
                .filter(turn -> turn.role() != Role.ASSISTANT || !turn.blocks().isEmpty())
                .toList());
    }

    /** Tools that came with the input instead of the request. */
    List<Tool> deferredTools() {
        return deferredTools;
    }

    private static void requireContent(JsonFields request, boolean empty) {
        if (empty && STORED.stream().noneMatch(name -> request.node().hasNonNull(name))) {
            throw request.bad("input", "must not be empty");
        }
    }

    private void item(JsonFields item) {
        String type = item.text("type").orElse(item.has("role") ? "message" : "");
        switch (type) {
            case "message" -> message(item);
            case "function_call" -> call(item, ToolKind.FUNCTION, "arguments");
            case "custom_tool_call" -> call(item, ToolKind.CUSTOM, "input");
            case "function_call_output" -> result(item, ToolKind.FUNCTION);
            case "custom_tool_call_output" -> result(item, ToolKind.CUSTOM);
            case "local_shell_call", "shell_call", "apply_patch_call" -> clientToolCall(type, item);
            case "local_shell_call_output", "shell_call_output", "apply_patch_call_output" ->
                clientToolResult(type, item);
            case "reasoning" -> ResponsesReasoning.read(item).ifPresent(this::reasoning);
            case "additional_tools", "tool_search_output" -> {
                notes.approximated("input." + type);
                deferredTools.addAll(ResponsesToolReader.read(item.array("tools")));
            }
            case "item_reference" -> unresolvable("item_reference", item);
            case "compaction", "compaction_summary" -> unresolvable("compaction", item);
            case "" -> throw item.missing("type");
            default -> opaque(type, item);
        }
    }

    /** Its content is known to the vendor only, so other vendors must refuse the request. */
    private void unresolvable(String name, JsonFields item) {
        builder.extension(name, item.raw());
        assistant().add(new Block.Opaque(Dialect.RESPONSES, name, item.raw()));
    }

    private void message(JsonFields message) {
        String role = message.requiredText("role");
        List<Block> blocks = ResponsesContentReader.read(message, "content");
        if (message.has("phase")) {
            notes.dropped("input.phase");
        }
        switch (role) {
            case "user" -> {
                assistant = null;
                results = null;
                turns.add(new Turn(Role.USER, blocks));
            }
            case "assistant" -> assistant().addAll(blocks);
            case "system" -> instructions(Role.SYSTEM, message, blocks);
            case "developer" -> instructions(Role.DEVELOPER, message, blocks);
            default -> throw message.bad("role", "must be user, assistant, system or developer, not '" + role + "'");
        }
    }

    /** Instructions between the outputs of parallel calls do not part them. */
    private void instructions(Role role, JsonFields message, List<Block> blocks) {
        assistant = null;
        List<Block.Text> texts = new ArrayList<>();
        for (Block block : blocks) {
            if (!(block instanceof Block.Text text)) {
                throw message.bad("content", "of a " + role.name().toLowerCase(Locale.ROOT) + " message must be text");
            }
            texts.add(text);
        }
        if (turns.isEmpty()) {
            builder.system(texts);
        } else {
            turns.add(new Turn(role, blocks));
        }
    }

    private void call(JsonFields item, ToolKind kind, String field) {
        String id = item.requiredText("call_id");
        String name = item.requiredText("name");
        Optional<String> namespace = item.text("namespace").filter(value -> !value.isEmpty());
        toolNames.put(id, ToolNames.flat(name, namespace));
        String text = item.value(field)
                .map(value -> value.isTextual() ? value.textValue() : Json.text(value))
                .orElse("");
        assistant().add(new Block.ToolCall(id, name, namespace, kind, text, Optional.empty(), Optional.empty()));
    }

    private void clientToolCall(String type, JsonFields item) {
        ToolKind kind = ClientToolItems.kind(type);
        String id = item.text("call_id").orElseGet(() -> item.requiredText("id"));
        if (ClientToolItems.isVendorRun(item)) {
            vendorRuns.add(id);
            opaque(type, item);
            return;
        }
        item.text("id").ifPresent(itemId -> callIds.put(itemId, id));
        String name = ClientToolItems.toolName(kind);
        toolNames.put(id, name);
        assistant()
                .add(new Block.ToolCall(
                        id,
                        name,
                        Optional.empty(),
                        kind,
                        ClientToolItems.arguments(kind, item),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** A local shell's result names its call by the id of the item. */
    private void clientToolResult(String type, JsonFields item) {
        String named = item.text("call_id").orElseGet(() -> item.requiredText("id"));
        String id = callIds.getOrDefault(named, named);
        if (vendorRuns.contains(id)) {
            opaque(type, item);
            return;
        }
        boolean failed = item.text("status").filter("failed"::equals).isPresent();
        result(id, ClientToolItems.kind(type), ClientToolItems.output(item), failed);
    }

    private void opaque(String type, JsonFields item) {
        assistant().add(new Block.Opaque(Dialect.RESPONSES, type, item.raw()));
    }

    private void result(JsonFields item, ToolKind kind) {
        List<Block> content = item.value("output").filter(JsonNode::isObject).isPresent()
                ? List.of(new Block.Text(item.requiredObject("output").raw().text()))
                : ResponsesContentReader.read(item, "output");
        result(item.requiredText("call_id"), kind, content, false);
    }

    private void result(String id, ToolKind kind, List<Block> content, boolean failed) {
        assistant = null;
        if (results == null) {
            results = new ArrayList<>();
            turns.add(new Turn(Role.USER, results));
        }
        results.add(new Block.ToolResult(
                id, Optional.ofNullable(toolNames.get(id)), kind, content, failed, Optional.empty()));
    }

    private void reasoning(Block block) {
        List<Block> turn = assistant();
        if (block instanceof Block.Thinking(var text, var signature) && text.isEmpty() && signature.isPresent()) {
            for (int i = 0; i < turn.size(); i++) {
                if (turn.get(i) instanceof Block.ToolCall call
                        && signature.get().itemId().equals(Optional.of(call.id()))) {
                    turn.set(i, signed(call, signature.get()));
                    return;
                }
            }
        }
        turn.add(block);
    }

    private static Block signed(Block.ToolCall call, Signature carried) {
        return new Block.ToolCall(
                call.id(),
                call.name(),
                call.namespace(),
                call.kind(),
                call.arguments(),
                Optional.of(new Signature(carried.vendor(), carried.data())),
                call.cache());
    }

    /** The assistant's turn that is open, or a new one. */
    private List<Block> assistant() {
        if (assistant == null) {
            assistant = new ArrayList<>();
            turns.add(new Turn(Role.ASSISTANT, assistant));
            results = null;
        }
        return assistant;
    }
}
