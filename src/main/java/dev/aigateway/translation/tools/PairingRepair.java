package dev.aigateway.translation.tools;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.translation.TranslationNotes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives every tool call its one result in the next user turn, and every result its call, as upstreams insist: a call that
 * was interrupted gets an error result, a stray result becomes text, of two results the later counts, and instructions
 * between a call and its result move behind it. Translation reference, sections 10.1 and 10.3.
 */
public final class PairingRepair {
    private static final String NOTE = "messages.tool_results";

    private final TranslationNotes notes;
    private final List<Turn> repaired = new ArrayList<>();

    private PairingRepair(TranslationNotes notes) {
        this.notes = notes;
    }

    public static List<Turn> repair(List<Turn> turns, TranslationNotes notes) {
        PairingRepair repair = new PairingRepair(notes);
        repair.run(join(turns));
        return repair.repaired;
    }

    /** One turn out of neighbours that wait for results together, or that bring them together. */
    private static List<Turn> join(List<Turn> turns) {
        List<Turn> joined = new ArrayList<>();
        for (Turn turn : turns) {
            if (!joined.isEmpty() && belongTogether(joined.getLast(), turn)) {
                Turn last = joined.removeLast();
                List<Block> blocks = new ArrayList<>(last.blocks());
                blocks.addAll(turn.blocks());
                joined.add(new Turn(turn.role(), blocks, last.name().or(turn::name)));
            } else {
                joined.add(turn);
            }
        }
        return joined;
    }

    private static boolean belongTogether(Turn last, Turn next) {
        return last.role() == next.role()
                && switch (next.role()) {
                    case ASSISTANT -> !calls(last).isEmpty();
                    case USER -> bringsResult(last) || bringsResult(next);
                    case SYSTEM, DEVELOPER -> false;
                };
    }

    private static boolean bringsResult(Turn turn) {
        return turn.blocks().stream().anyMatch(Block.ToolResult.class::isInstance);
    }

    private void run(List<Turn> turns) {
        int at = 0;
        while (at < turns.size()) {
            Turn turn = turns.get(at++);
            List<Block.ToolCall> calls = calls(turn);
            if (turn.role() != Role.ASSISTANT || calls.isEmpty()) {
                repaired.add(answer(turn, List.of()));
                continue;
            }
            repaired.add(turn);
            List<Turn> instructions = new ArrayList<>();
            while (at < turns.size() && isInstruction(turns.get(at))) {
                instructions.add(turns.get(at++));
            }
            if (at < turns.size() && turns.get(at).role() == Role.USER) {
                repaired.add(answer(turns.get(at++), calls));
            } else {
                repaired.add(answer(new Turn(Role.USER, List.of()), calls));
            }
            repaired.addAll(instructions);
        }
    }

    /** The user turn with exactly one result for each call, before everything else. */
    private Turn answer(Turn turn, List<Block.ToolCall> calls) {
        Map<String, Block.ToolResult> results = new LinkedHashMap<>();
        List<Block> rest = new ArrayList<>();
        for (Block block : turn.blocks()) {
            if (block instanceof Block.ToolResult result) {
                if (calls.stream().noneMatch(call -> call.id().equals(result.callId()))) {
                    notes.approximated(NOTE);
                    rest.addAll(asText(result));
                } else if (results.put(result.callId(), result) != null) {
                    notes.dropped(NOTE);
                }
            } else {
                rest.add(block);
            }
        }
        for (Block.ToolCall call : calls) {
            if (!results.containsKey(call.id())) {
                notes.approximated(NOTE);
                results.put(call.id(), interrupted(call));
            }
        }
        List<Block> blocks = new ArrayList<>(results.values());
        blocks.addAll(rest);
        return new Turn(turn.role(), blocks, turn.name());
    }

    private static Block.ToolResult interrupted(Block.ToolCall call) {
        return new Block.ToolResult(
                call.id(),
                Optional.of(ToolNames.flat(call.name(), call.namespace())),
                call.kind(),
                List.of(new Block.Text("(no result: call was interrupted)")),
                true,
                Optional.empty());
    }

    private static List<Block> asText(Block.ToolResult result) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text("[tool result " + result.callId() + "]"));
        blocks.addAll(result.content());
        return blocks;
    }

    private static boolean isInstruction(Turn turn) {
        return turn.role() == Role.SYSTEM || turn.role() == Role.DEVELOPER;
    }

    private static List<Block.ToolCall> calls(Turn turn) {
        return turn.blocks().stream()
                .filter(Block.ToolCall.class::isInstance)
                .map(Block.ToolCall.class::cast)
                .toList();
    }
}
