package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.CallIds;
import dev.aigateway.translation.tools.PairingRepair;
import dev.aigateway.translation.tools.ToolNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes turns as input items, in their order (translation reference, sections 9.3 and 10). Confined to one request. */
final class ResponsesInputWriter {
    private final Conversation conversation;
    private final ToolNames names;
    private final TranslationNotes notes;
    private final ArrayNode items;
    private final ResponsesPartWriter parts;
    private final ResponsesResultWriter results;
    /** The assistant's message that further text and refusals join. */
    private @Nullable ArrayNode said;
    /** Reasoning that goes before the next item; without one the vendor refuses it. */
    private @Nullable ObjectNode reasoning;

    ResponsesInputWriter(Conversation conversation, ToolNames names, TranslationNotes notes, ArrayNode items) {
        this.conversation = conversation;
        this.names = names;
        this.notes = notes;
        this.items = items;
        this.parts = new ResponsesPartWriter(conversation, notes);
        this.results = new ResponsesResultWriter(conversation, customCalls(conversation), parts, notes, items);
    }

    void write() {
        PairingRepair.repair(conversation.turns(), notes).forEach(this::turn);
    }

    /** Not every dialect tells the kind of a result. */
    private static Set<String> customCalls(Conversation conversation) {
        return conversation.turns().stream()
                .flatMap(turn -> turn.blocks().stream())
                .filter(block -> block instanceof Block.ToolCall call && call.kind() == ToolKind.CUSTOM)
                .map(block -> ((Block.ToolCall) block).id())
                .collect(Collectors.toSet());
    }

    private void turn(Turn turn) {
        if (turn.name().isPresent()) {
            notes.dropped(Field.NAME.in(conversation));
        }
        switch (turn.role()) {
            case USER -> user(turn);
            case ASSISTANT -> assistant(turn);
            case SYSTEM -> message("system", turn.blocks());
            case DEVELOPER -> message("developer", turn.blocks());
        }
    }

    private void user(Turn turn) {
        turn.blocks().stream()
                .filter(Block.ToolResult.class::isInstance)
                .forEach(block -> results.write((Block.ToolResult) block));
        List<Block> rest = turn.blocks().stream()
                .filter(block -> !(block instanceof Block.ToolResult))
                .toList();
        if (!rest.isEmpty()) {
            message("user", rest);
        } else if (turn.blocks().isEmpty()) {
            items.addObject().put("type", "message").put("role", "user").put("content", "");
        }
    }

    private void message(String role, List<Block> blocks) {
        ArrayNode content = Json.array();
        blocks.forEach(block -> parts.part(block, content));
        if (!content.isEmpty()) {
            items.addObject().put("type", "message").put("role", role).set("content", content);
        }
    }

    private void assistant(Turn turn) {
        said = null;
        turn.blocks().forEach(this::assistant);
        if (reasoning != null) {
            notes.dropped(Field.THINKING.in(conversation));
            reasoning = null;
        }
    }

    private void assistant(Block block) {
        switch (block) {
            case Block.Text text -> {
                parts.noteCache(text.cache());
                if (!text.citations().isEmpty()) {
                    notes.dropped(Field.CITATIONS.in(conversation));
                }
                say("output_text", "text", text.text());
            }
            case Block.Refusal(var words) -> say("refusal", "refusal", words);
            case Block.Thinking(var text, var signature)
            when signature.filter(own -> own.vendor() == Vendor.OPENAI).isPresent() -> think(text, signature.get());
            case Block.Thinking ignored -> notes.dropped(Field.THINKING.in(conversation));
            case Block.RedactedThinking(var vendor, var data)
            when vendor == Vendor.OPENAI -> think("", new Signature(vendor, data));
            case Block.RedactedThinking ignored -> notes.dropped(Field.THINKING.in(conversation));
            case Block.ToolCall call -> call(call);
            case Block.Opaque(var dialect, var type, var raw)
            when dialect == Dialect.RESPONSES -> add((ObjectNode) Json.tree(raw));
            case Block.Opaque(var dialect, var type, var raw) ->
                notes.dropped(Field.CONTENT.in(conversation) + "." + type);
            default -> notes.dropped(Field.CONTENT.in(conversation));
        }
    }

    private void say(String type, String field, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (said == null || reasoning != null) {
            ObjectNode message = Json.object().put("type", "message").put("role", "assistant");
            ArrayNode content = message.putArray("content");
            add(message);
            said = content;
        }
        said.addObject().put("type", type).put(field, text);
    }

    private void think(String text, Signature signature) {
        if (reasoning != null) {
            items.add(reasoning);
        }
        ObjectNode item = Json.object().put("type", "reasoning");
        signature.itemId().ifPresent(id -> item.put("id", id));
        ArrayNode summary = item.putArray("summary");
        if (!text.isEmpty()) {
            summary.addObject().put("type", "summary_text").put("text", text);
        }
        reasoning = item.put("encrypted_content", signature.data());
    }

    private void call(Block.ToolCall call) {
        parts.noteCache(call.cache());
        if (ClientToolItems.isClientTool(call.kind())) {
            add(ClientToolItems.call(call.kind(), CallIds.legal(call.id()), call.arguments()));
            return;
        }
        boolean custom = call.kind() == ToolKind.CUSTOM;
        ObjectNode item = Json.object()
                .put("type", custom ? "custom_tool_call" : "function_call")
                .put("call_id", CallIds.legal(call.id()))
                .put("name", names.upstream(call.name(), call.namespace()));
        if (custom) {
            item.put("input", call.arguments());
        } else {
            item.put("arguments", call.arguments().isEmpty() ? "{}" : call.arguments());
        }
        add(item);
    }

    private void add(ObjectNode item) {
        if (reasoning != null) {
            items.add(reasoning);
            reasoning = null;
        }
        items.add(item);
        said = null;
    }
}
