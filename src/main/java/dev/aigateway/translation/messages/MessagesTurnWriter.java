package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.PairingRepair;
import dev.aigateway.translation.tools.ToolNames;
import dev.aigateway.translation.tools.UniqueCallIds;
import java.util.List;

/**
 * Writes turns as messages that alternate, begin with the user and are never empty; instructions between turns keep their
 * place (translation reference, sections 10.1, 10.2 and 10.5). Confined to one request.
 */
final class MessagesTurnWriter {
    private final Conversation conversation;
    private final Target target;
    private final TranslationNotes notes;
    private final List<Turn> turns;
    private final MessagesBlockWriter blocks;
    private final ArrayNode messages = Json.array();

    MessagesTurnWriter(
            Conversation conversation, Target target, ToolNames names, CacheMarks marks, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.notes = notes;
        this.turns = PairingRepair.repair(UniqueCallIds.of(conversation.turns()), notes);
        this.blocks = new MessagesBlockWriter(conversation, names, marks, notes);
    }

    /** Whether the turn that waits for tool results came from a model whose thinking cannot be given back. */
    boolean missesThinking() {
        for (Turn turn : turns.reversed()) {
            if (turn.role() == Role.ASSISTANT) {
                return turn.blocks().stream().anyMatch(Block.ToolCall.class::isInstance)
                        && turn.blocks().stream().noneMatch(MessagesBlockWriter::isOwnThinking);
            }
        }
        return false;
    }

    ArrayNode write() {
        turns.forEach(this::turn);
        if (messages.isEmpty() || !role(messages.size() - 1).equals("user")) {
            prefill();
        }
        if (messages.isEmpty() || !role(0).equals("user")) {
            notes.approximated(Field.CONTENT.in(conversation));
            ObjectNode first = Json.object().put("role", "user");
            text("(continue)", first.putArray("content"));
            messages.insert(0, first);
        }
        return messages;
    }

    private void turn(Turn turn) {
        if (turn.name().isPresent()) {
            notes.dropped(Field.NAME.in(conversation));
        }
        switch (turn.role()) {
            case USER -> {
                ArrayNode content = blocks.write(turn.blocks());
                if (content.isEmpty()) {
                    notes.approximated(Field.CONTENT.in(conversation));
                    text(".", content);
                }
                add("user", content);
            }
            case ASSISTANT -> {
                ArrayNode content = blocks.write(turn.blocks());
                if (!content.isEmpty()) {
                    add("assistant", content);
                }
            }
            case SYSTEM, DEVELOPER -> instructions(turn);
        }
    }

    private void instructions(Turn turn) {
        ArrayNode content = blocks.write(turn.blocks());
        if (content.isEmpty()) {
            return;
        }
        boolean afterUser = !messages.isEmpty() && role(messages.size() - 1).equals("user");
        if (target.traits().systemInMiddle() && afterUser) {
            messages.addObject().put("role", "system").set("content", content);
            return;
        }
        notes.approximated(Field.SYSTEM.in(conversation));
        StringBuilder all = new StringBuilder("<system-reminder>");
        content.forEach(block -> all.append('\n').append(block.path("text").asText()));
        ArrayNode reminder = Json.array();
        text(all.append("\n</system-reminder>").toString(), reminder);
        add("user", reminder);
    }

    /** Appends to the last message of the same role, as the vendor would do itself. */
    private void add(String role, ArrayNode content) {
        int last = messages.size() - 1;
        if (last >= 0 && role(last).equals(role)) {
            ((ArrayNode) messages.get(last).get("content")).addAll(content);
        } else {
            messages.addObject().put("role", role).set("content", content);
        }
    }

    /** The client put the beginning of the answer into the model's mouth. */
    private void prefill() {
        if (messages.isEmpty() || !role(messages.size() - 1).equals("assistant")) {
            return;
        }
        if (!target.traits().prefill()) {
            throw GatewayError.badField(
                            "messages",
                            "must end with a user message: the model '" + target.model()
                                    + "' cannot continue an assistant message")
                    .toException();
        }
        ArrayNode content = (ArrayNode) messages.get(messages.size() - 1).get("content");
        if (content.get(content.size() - 1) instanceof ObjectNode block
                && block.path("type").asText().equals("text")) {
            block.put("text", block.get("text").textValue().stripTrailing());
        }
    }

    private String role(int index) {
        return messages.get(index).get("role").textValue();
    }

    private static void text(String text, ArrayNode content) {
        content.addObject().put("type", "text").put("text", text);
    }
}
