package dev.aigateway.translation.tools;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives calls that repeat an earlier call's id an id of their own, and their results with them: some upstreams count from
 * zero in every answer, but Anthropic wants each id once in a request. The first call keeps its id, so that what was cached
 * stays the same (translation reference, sections 5.2 and 10.3). Confined to one request.
 */
public final class UniqueCallIds {
    private final Map<String, Integer> calls = new HashMap<>();
    /** The new ids of the calls that may still be answered, by their old ones. */
    private final Map<String, Deque<String>> waiting = new HashMap<>();

    private boolean answered;

    private UniqueCallIds() {}

    public static List<Turn> of(List<Turn> turns) {
        UniqueCallIds ids = new UniqueCallIds();
        return turns.stream().map(ids::turn).toList();
    }

    private Turn turn(Turn turn) {
        if (turn.role() == Role.USER) {
            answered = true;
        } else if (turn.role() == Role.ASSISTANT && answered) {
            answered = false;
            waiting.clear();
        }
        List<Block> blocks = new ArrayList<>();
        for (Block block : turn.blocks()) {
            blocks.add(
                    switch (block) {
                        case Block.ToolCall call -> called(call);
                        case Block.ToolResult result -> answered(result);
                        default -> block;
                    });
        }
        return blocks.equals(turn.blocks()) ? turn : new Turn(turn.role(), blocks, turn.name());
    }

    private Block.ToolCall called(Block.ToolCall call) {
        int number = calls.merge(call.id(), 1, Integer::sum);
        String id = number == 1 ? call.id() : CallIds.invented(call.id() + "\n" + number);
        waiting.computeIfAbsent(call.id(), ignored -> new ArrayDeque<>()).add(id);
        return new Block.ToolCall(
                id, call.name(), call.namespace(), call.kind(), call.arguments(), call.signature(), call.cache());
    }

    /** Results of one id come in the order of their calls; one too many belongs to the last. */
    private Block.ToolResult answered(Block.ToolResult result) {
        Deque<String> ids = waiting.get(result.callId());
        if (ids == null) {
            return result;
        }
        String id = ids.size() > 1 ? ids.removeFirst() : ids.getFirst();
        return new Block.ToolResult(id, result.name(), result.kind(), result.content(), result.error(), result.cache());
    }
}
