package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Instructions;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.CallIds;
import dev.aigateway.translation.tools.CustomTools;
import dev.aigateway.translation.tools.PairingRepair;
import dev.aigateway.translation.tools.ToolNames;
import java.util.List;
import java.util.stream.Collectors;

/** Writes instructions and turns as Chat messages (translation reference, sections 10 and 18.4). Confined to one request. */
final class ChatMessageWriter {
    private final Conversation conversation;
    private final Target target;
    private final ToolNames names;
    private final TranslationNotes notes;
    private final ArrayNode messages;
    private final ChatPartWriter parts;

    ChatMessageWriter(
            Conversation conversation, Target target, ToolNames names, TranslationNotes notes, ArrayNode messages) {
        this.conversation = conversation;
        this.target = target;
        this.names = names;
        this.notes = notes;
        this.messages = messages;
        this.parts = new ChatPartWriter(conversation, notes);
    }

    void write() {
        // One message only: many servers accept no second one.
        String system = Instructions.forForeignVendor(conversation).stream()
                .map(Block.Text::text)
                .collect(Collectors.joining("\n\n"));
        if (!system.isEmpty()) {
            messages.addObject()
                    .put("role", target.has(Quirk.DEVELOPER_ROLE) ? "developer" : "system")
                    .put("content", system);
        }
        if (conversation.system().stream().anyMatch(text -> text.cache().isPresent())) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
        PairingRepair.repair(conversation.turns(), notes).forEach(this::turn);
    }

    private void turn(Turn turn) {
        switch (turn.role()) {
            case USER -> user(turn);
            case ASSISTANT -> assistant(turn);
            case SYSTEM -> instructions("system", turn);
            case DEVELOPER -> instructions(target.has(Quirk.DEVELOPER_ROLE) ? "developer" : "system", turn);
        }
    }

    private void instructions(String role, Turn turn) {
        messages.addObject().put("role", role).set("content", parts.content(turn.blocks()));
    }

    private void user(Turn turn) {
        ChatResultWriter results = new ChatResultWriter(target, names, notes, parts, messages);
        turn.blocks().stream()
                .filter(Block.ToolResult.class::isInstance)
                .forEach(block -> results.write((Block.ToolResult) block, conversation));
        results.writeMedia();
        List<Block> rest = turn.blocks().stream()
                .filter(block -> !(block instanceof Block.ToolResult))
                .toList();
        if (!rest.isEmpty()) {
            ObjectNode message = messages.addObject().put("role", "user");
            turn.name().ifPresent(name -> message.put("name", name));
            message.set("content", parts.content(rest));
        } else if (turn.blocks().isEmpty()) {
            messages.addObject().put("role", "user").put("content", "");
        }
    }

    private void assistant(Turn turn) {
        ObjectNode message = Json.object().put("role", "assistant");
        turn.name().ifPresent(name -> message.put("name", name));
        StringBuilder text = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        ArrayNode calls = Json.array();
        for (Block block : turn.blocks()) {
            switch (block) {
                case Block.Text said -> {
                    if (!calls.isEmpty()) {
                        notes.approximated(Field.TEXT.in(conversation));
                    }
                    parts.noteCitations(said);
                    text.append(said.text());
                }
                case Block.Refusal(var words) -> refusal.append(words);
                case Block.Thinking(var thought, var signature) -> reasoning.append(thought);
                case Block.RedactedThinking ignored -> notes.dropped(Field.THINKING.in(conversation));
                case Block.ToolCall call -> calls.add(call(call));
                case Block.Opaque(var dialect, var type, var raw) ->
                    notes.dropped(Field.CONTENT.in(conversation) + "." + type);
                default -> notes.dropped(Field.CONTENT.in(conversation));
            }
        }
        reasoning(reasoning, message);
        finish(message, text, refusal, calls);
    }

    private void reasoning(StringBuilder reasoning, ObjectNode message) {
        if (reasoning.isEmpty()) {
            return;
        }
        if (target.has(Quirk.REASONING_CONTENT_BACK)) {
            message.put("reasoning_content", reasoning.toString());
        } else {
            notes.dropped(Field.THINKING.in(conversation));
        }
    }

    private void finish(ObjectNode message, StringBuilder text, StringBuilder refusal, ArrayNode calls) {
        if (text.isEmpty() && refusal.isEmpty() && calls.isEmpty()) {
            return;
        }
        if (text.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", text.toString());
        }
        if (!refusal.isEmpty()) {
            message.put("refusal", refusal.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        messages.add(message);
    }

    private ObjectNode call(Block.ToolCall call) {
        boolean custom = call.kind() == ToolKind.CUSTOM && target.has(Quirk.CUSTOM_TOOLS);
        ObjectNode node = Json.object().put("id", CallIds.legal(call.id())).put("type", custom ? "custom" : "function");
        String name = names.upstream(call.name(), call.namespace());
        if (custom) {
            node.putObject("custom").put("name", name).put("input", call.arguments());
        } else {
            String arguments = CustomTools.arguments(call);
            node.putObject("function").put("name", name).put("arguments", arguments.isEmpty() ? "{}" : arguments);
        }
        call.signature()
                .filter(signature -> signature.vendor() == Vendor.GOOGLE)
                .ifPresent(signature ->
                        node.putObject("extra_content").putObject("google").put("thought_signature", signature.data()));
        if (call.cache().isPresent()) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
        return node;
    }
}
