package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.PairingRepair;
import dev.aigateway.translation.tools.ToolNames;
import java.util.Comparator;
import java.util.List;

/**
 * Writes turns as contents that alternate between user and model and begin with the user; the responses of a turn follow
 * its calls in their order (translation reference, sections 10.2, 10.3 and 10.5). Confined to one request.
 */
final class GeminiContentWriter {
    private final Conversation conversation;
    private final TranslationNotes notes;
    private final ArrayNode contents;
    private final GeminiPartWriter parts;
    private final GeminiResultWriter results;
    private final GeminiModelTurnWriter modelTurns;
    private List<Block.ToolCall> calls = List.of();

    GeminiContentWriter(
            Conversation conversation, Target target, ToolNames names, TranslationNotes notes, ArrayNode contents) {
        this.conversation = conversation;
        this.notes = notes;
        this.contents = contents;
        this.parts = new GeminiPartWriter(conversation, target, notes);
        this.results = new GeminiResultWriter(conversation, target, names, notes, parts);
        this.modelTurns = new GeminiModelTurnWriter(conversation, target, names, notes, parts);
    }

    void write() {
        List<Turn> turns = PairingRepair.repair(conversation.turns(), notes);
        int current = currentTurn(turns);
        for (int i = 0; i < turns.size(); i++) {
            turn(turns.get(i), i > current);
        }
        if (contents.isEmpty()) {
            append("user", placeholder("."));
        }
        if (contents.path(contents.size() - 1).path("role").asText().equals("model")) {
            notes.approximated(Field.CONTENT.in(conversation));
        }
    }

    /** Where the current turn begins: at the last message of the user that is no answer to a call. */
    private static int currentTurn(List<Turn> turns) {
        int at = turns.size() - 1;
        while (at >= 0
                && (turns.get(at).role() != Role.USER
                        || turns.get(at).blocks().stream().anyMatch(Block.ToolResult.class::isInstance))) {
            at--;
        }
        return at;
    }

    private void turn(Turn turn, boolean current) {
        if (turn.name().isPresent()) {
            notes.dropped(Field.NAME.in(conversation));
        }
        switch (turn.role()) {
            case USER -> user(turn);
            case ASSISTANT -> {
                calls = turn.blocks().stream()
                        .filter(Block.ToolCall.class::isInstance)
                        .map(Block.ToolCall.class::cast)
                        .toList();
                append("model", modelTurns.parts(turn, current));
            }
            case SYSTEM, DEVELOPER -> {
                notes.approximated(Field.SYSTEM.in(conversation));
                append("user", userParts(turn.blocks()));
            }
        }
    }

    private void user(Turn turn) {
        List<String> order = calls.stream().map(Block.ToolCall::id).toList();
        List<Block.ToolResult> answers = turn.blocks().stream()
                .filter(Block.ToolResult.class::isInstance)
                .map(Block.ToolResult.class::cast)
                .sorted(Comparator.comparingInt(result -> order.indexOf(result.callId())))
                .toList();
        ArrayNode content = results.write(answers, calls);
        content.addAll(userParts(turn.blocks()));
        if (content.isEmpty()) {
            notes.approximated(Field.CONTENT.in(conversation));
            content = placeholder(".");
        }
        append("user", content);
    }

    private ArrayNode userParts(List<Block> blocks) {
        ArrayNode content = Json.array();
        blocks.stream()
                .filter(block -> !(block instanceof Block.ToolResult))
                .forEach(block -> parts.write(block, content));
        return content;
    }

    private void append(String role, ArrayNode content) {
        if (content.isEmpty()) {
            return;
        }
        if (contents.isEmpty() && role.equals("model")) {
            notes.approximated(Field.CONTENT.in(conversation));
            append("user", placeholder("(continue)"));
        }
        ObjectNode last = contents.isEmpty() ? null : (ObjectNode) contents.get(contents.size() - 1);
        if (last != null && last.path("role").asText().equals(role)) {
            last.withArrayProperty("parts").addAll(content);
        } else {
            contents.addObject().put("role", role).set("parts", content);
        }
    }

    private static ArrayNode placeholder(String text) {
        ArrayNode content = Json.array();
        content.addObject().put("text", text);
        return content;
    }
}
