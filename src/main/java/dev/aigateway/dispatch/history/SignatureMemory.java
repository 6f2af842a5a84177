package dev.aigateway.dispatch.history;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Turn;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.tools.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request's part in the {@link SignatureCache}: the history gets what the client could not carry, the answer's calls
 * are remembered for the next turn. What the client did carry is left alone (translation reference, section 9.4).
 * Immutable.
 *
 * @param upstream the dialect that the history is restored for
 */
public record SignatureMemory(SignatureCache cache, String owner, Dialect upstream) {
    private static final int KEY_DIGITS = 32;

    public Conversation restore(Conversation read) {
        if (read.turns().stream().noneMatch(SignatureMemory::hasCall)) {
            return read;
        }
        SignatureRestoration restoration = new SignatureRestoration(this, key(read));
        List<Turn> turns = read.turns().stream()
                .map(turn -> hasCall(turn) ? restoration.restore(turn) : turn)
                .toList();
        return turns.equals(read.turns()) ? read : read.withTurns(turns);
    }

    public void keep(Conversation request, Answer answer) {
        SignatureCollector collector = new SignatureCollector();
        AnswerReplay.replay(answer, collector);
        keep(request, collector);
    }

    /** Keeps what a stream brings before the client can know that it is complete. */
    public EventEncoder keeping(Conversation request, EventEncoder encoder) {
        SignatureCollector collector = new SignatureCollector();
        return new EventEncoder() {
            @Override
            public void encode(AnswerEvent event, SseWriter out) {
                collector.accept(event);
                if (event instanceof AnswerEvent.Completed) {
                    keep(request, collector);
                }
                encoder.encode(event, out);
            }

            @Override
            public void keepalive(SseWriter out) {
                encoder.keepalive(out);
            }
        };
    }

    private void keep(Conversation request, SignatureCollector collector) {
        Map<String, SignedCall> calls = collector.calls();
        if (!calls.isEmpty()) {
            String conversation = key(request);
            calls.forEach((id, call) -> cache.put(owner, conversation, id, call));
        }
    }

    private static boolean hasCall(Turn turn) {
        return turn.role() == Turn.Role.ASSISTANT && turn.blocks().stream().anyMatch(Block.ToolCall.class::isInstance);
    }

    /** A conversation grows at its end, so its first turn stays what it is. */
    private static String key(Conversation conversation) {
        String first = conversation.turns().stream()
                .findFirst()
                .map(turn -> turn.blocks().stream()
                        .filter(Block.Text.class::isInstance)
                        .map(block -> ((Block.Text) block).text())
                        .collect(Collectors.joining("\n")))
                .orElse("");
        return Fingerprint.of(conversation.caller().cacheKey().orElse("") + "\n" + first, KEY_DIGITS);
    }
}
