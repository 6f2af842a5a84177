package dev.aigateway.translation.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever order blocks interleave in, a Messages client gets legal blocks that hold everything that was said. */
class MessagesEncoderInterleavingTest {
    private static final MessagesWire WIRE = new MessagesWire();

    @RepeatedTest(200)
    void randomInterleaving_keepsGrammarAndContent(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        String sse = encode(interleaved(blocks(random), random));

        assertThat(WIRE.check(sse)).as(sse).isTrue();
        JsonNode answer = WIRE.fold(sse);
        // The same blocks again, since interleaving has consumed the first ones.
        assertThat(blocks(new Random(seed))).as(sse).allMatch(block -> said(answer, block));
    }

    private static List<Deque<AnswerEvent>> blocks(Random random) {
        List<Deque<AnswerEvent>> blocks = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int block = 0; block < count; block++) {
            blocks.add(block(block, random));
        }
        return blocks;
    }

    private static Deque<AnswerEvent> block(int number, Random random) {
        Deque<AnswerEvent> events = new ArrayDeque<>();
        BlockKind kind = kind(number, random.nextInt(5));
        events.add(new AnswerEvent.BlockStarted(number, 0, kind));
        if (!(kind instanceof BlockKind.RedactedThinking)) {
            pieces(text(number, kind, random), random).forEach(text -> events.add(new AnswerEvent.Delta(number, text)));
        }
        if (kind instanceof BlockKind.Thinking) {
            events.add(new AnswerEvent.Signed(number, new Signature(Vendor.ANTHROPIC, "sig" + number)));
        }
        events.add(new AnswerEvent.BlockEnded(number));
        return events;
    }

    private static BlockKind kind(int number, int choice) {
        return switch (choice) {
            case 0 -> new BlockKind.Text();
            case 1 -> new BlockKind.Thinking();
            case 2 -> new BlockKind.RedactedThinking(Vendor.ANTHROPIC, "data" + number);
            default -> new BlockKind.ToolCall("c" + number, "f");
        };
    }

    private static String text(int number, BlockKind kind, Random random) {
        String letters = String.valueOf((char) ('A' + number)).repeat(random.nextInt(12));
        return kind instanceof BlockKind.ToolCall
                ? "{\"a\":\"" + letters + "}\\\"\",\"b\":[" + number + ",{}]}"
                : letters;
    }

    private static List<String> pieces(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(5));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    /** Blocks begin in their order and then advance in any. */
    private static List<AnswerEvent> interleaved(List<Deque<AnswerEvent>> blocks, Random random) {
        List<AnswerEvent> events = new ArrayList<>();
        int begun = 0;
        while (blocks.stream().anyMatch(block -> !block.isEmpty())) {
            int pick = random.nextInt(Math.min(begun + 1, blocks.size()));
            begun = Math.max(begun, pick + 1);
            Optional.ofNullable(blocks.get(pick).poll()).ifPresent(events::add);
        }
        return events;
    }

    private static boolean said(JsonNode answer, Deque<AnswerEvent> block) {
        AnswerEvent.BlockStarted start = (AnswerEvent.BlockStarted) block.getFirst();
        StringBuilder text = new StringBuilder();
        block.forEach(event -> {
            if (event instanceof AnswerEvent.Delta(var number, var piece)) {
                text.append(piece);
            }
        });
        return switch (start.kind()) {
            case BlockKind.ToolCall call ->
                found(answer, "id", call.id(), "input").equals(List.of(Json.tree(new RawJson(text.toString()))));
            case BlockKind.RedactedThinking redacted ->
                found(answer, "data", redacted.data(), "data").size() == 1;
            case BlockKind.Thinking ignored ->
                found(answer, "signature", "sig" + start.block(), "type").size() == 1
                        && letters(answer, "thinking", start.block()) == text.length();
            default -> letters(answer, "text", start.block()) == text.length();
        };
    }

    private static List<JsonNode> found(JsonNode answer, String field, String value, String wanted) {
        List<JsonNode> found = new ArrayList<>();
        answer.get("content").forEach(block -> {
            if (block.path(field).asText().equals(value)) {
                found.add(block.get(wanted));
            }
        });
        return found;
    }

    private static long letters(JsonNode answer, String field, int block) {
        long letters = 0;
        for (JsonNode node : answer.get("content")) {
            letters += node.path(field)
                    .asText()
                    .chars()
                    .filter(letter -> letter == 'A' + block)
                    .count();
        }
        return letters;
    }

    @Test
    void opaqueBlock_isNotShown() {
        String sse = encode(List.of(
                new AnswerEvent.BlockStarted(
                        0, 0, new BlockKind.Opaque(Dialect.RESPONSES, "web_search_call", RawJson.EMPTY_OBJECT)),
                new AnswerEvent.Delta(0, "x"),
                new AnswerEvent.BlockEnded(0),
                new AnswerEvent.BlockStarted(1, 0, new BlockKind.Text()),
                new AnswerEvent.Delta(1, "Hi"),
                new AnswerEvent.BlockEnded(1)));
        assertThat(WIRE.check(sse)).isTrue();
        assertThat(WIRE.transcript(sse)).containsExactly("+0 text", "0 text Hi", "-0", "end end_turn");
    }

    @Test
    void failure_whileBlocksWait_isTheOnlyEnding() {
        EventEncoder encoder = new MessagesDialect().newEncoder(context());
        SseWriter out = new SseWriter();
        encoder.encode(new AnswerEvent.Started("id", "m", Usage.UNKNOWN), out);
        encoder.encode(new AnswerEvent.BlockStarted(0, 0, new BlockKind.ToolCall("c0", "f")), out);
        encoder.encode(new AnswerEvent.BlockStarted(1, 0, new BlockKind.Text()), out);
        encoder.encode(new AnswerEvent.Delta(1, "waits"), out);
        encoder.encode(new AnswerEvent.Failed(GatewayError.of(GatewayError.Kind.TIMEOUT, "late")), out);
        encoder.encode(new AnswerEvent.Completed(), out);
        String sse = new String(out.drain(), StandardCharsets.UTF_8);
        assertThat(WIRE.check(sse)).isFalse();
        assertThat(WIRE.transcript(sse)).containsExactly("+0 tool_use c0 f", "-0", "! timeout_error late");
    }

    private static String encode(List<AnswerEvent> events) {
        EventEncoder encoder = new MessagesDialect().newEncoder(context());
        SseWriter out = new SseWriter();
        encoder.encode(new AnswerEvent.Started("id", "m", Usage.UNKNOWN), out);
        events.forEach(event -> encoder.encode(event, out));
        encoder.encode(new AnswerEvent.Finished(0, StopReason.END, Optional.empty()), out);
        encoder.encode(new AnswerEvent.Completed(), out);
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static AnswerContext context() {
        Conversation request = Conversation.builder(Dialect.MESSAGES, "asked").build();
        return new AnswerContext("req1", "asked", Instant.EPOCH, request);
    }
}
