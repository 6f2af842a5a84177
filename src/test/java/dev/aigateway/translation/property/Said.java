package dev.aigateway.translation.property;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one candidate of an answer says, however it is cut into blocks and pieces: the sums of its deltas.
 *
 * @param visible text and refusals in their order, for dialects that do not tell them apart
 * @param calls name and arguments by id
 */
record Said(
        String text, String refusal, String visible, String thinking, Map<String, JsonNode> calls, StopReason reason) {
    /** By candidate. */
    static Map<Integer, Said> of(List<AnswerEvent> events) {
        Map<Integer, Sums> sums = new TreeMap<>();
        Map<Integer, AnswerEvent.BlockStarted> blocks = new HashMap<>();
        Map<Integer, Said> said = new TreeMap<>();
        for (AnswerEvent event : events) {
            switch (event) {
                case AnswerEvent.BlockStarted start -> {
                    blocks.put(start.block(), start);
                    sums.computeIfAbsent(start.choice(), number -> new Sums()).start(start.kind());
                }
                case AnswerEvent.Delta(var block, var text) -> {
                    AnswerEvent.BlockStarted start = blocks.get(block);
                    sums.get(start.choice()).add(start.kind(), text);
                }
                case AnswerEvent.Finished(var choice, var reason, var stop) ->
                    said.put(
                            choice,
                            sums.computeIfAbsent(choice, number -> new Sums()).end(reason));
                default -> {}
            }
        }
        return said;
    }

    Said stopping(StopReason other) {
        return new Said(text, refusal, visible, thinking, calls, other);
    }

    /** As a client sees it whose dialect has a place for refusals, beside the text or in it. */
    Said withRefusal(boolean hasPlace) {
        return hasPlace
                ? new Said(text, refusal, "", thinking, calls, reason)
                : new Said(visible, "", "", thinking, calls, reason);
    }

    static Map<Integer, Said> of(Answer answer) {
        List<AnswerEvent> events = new ArrayList<>();
        AnswerReplay.replay(answer, events::add);
        return of(events);
    }

    /** All counts of a stream, merged. */
    static Usage usage(List<AnswerEvent> events) {
        Usage usage = Usage.UNKNOWN;
        for (AnswerEvent event : events) {
            switch (event) {
                case AnswerEvent.Started(var id, var model, var counted) -> usage = usage.merge(counted);
                case AnswerEvent.UsageReported(var counted) -> usage = usage.merge(counted);
                default -> {}
            }
        }
        return usage;
    }

    private static final class Sums {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder visible = new StringBuilder();
        private final StringBuilder refusal = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private final Map<String, StringBuilder> arguments = new TreeMap<>();
        private final Map<String, String> names = new HashMap<>();

        void start(BlockKind kind) {
            if (kind instanceof BlockKind.ToolCall call) {
                arguments.put(call.id(), new StringBuilder());
                names.put(call.id(), call.name());
            }
        }

        void add(BlockKind kind, String piece) {
            switch (kind) {
                case BlockKind.Text ignored -> {
                    visible.append(piece);
                    text.append(piece);
                }
                case BlockKind.Refusal ignored -> {
                    visible.append(piece);
                    refusal.append(piece);
                }
                case BlockKind.Thinking ignored -> thinking.append(piece);
                case BlockKind.ToolCall call -> arguments.get(call.id()).append(piece);
                case BlockKind.RedactedThinking ignored -> {}
                case BlockKind.Opaque ignored -> {}
            }
        }

        Said end(StopReason reason) {
            Map<String, JsonNode> calls = new TreeMap<>();
            arguments.forEach((id, whole) -> calls.put(
                    names.get(id) + " " + id,
                    Json.parse(whole.isEmpty() ? "{}" : whole.toString())
                            .orElseThrow(() -> new AssertionError("not JSON: " + whole))));
            // Chat parts the thoughts of several blocks with an empty line; generated thoughts have none.
            return new Said(
                    text.toString(),
                    refusal.toString(),
                    visible.toString(),
                    thinking.toString().replace("\n\n", ""),
                    calls,
                    reason);
        }
    }
}
