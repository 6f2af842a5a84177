package dev.aigateway.translation.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.relay.Relay.Phase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The commit point and the one ending, with events given by the test and written by their names. */
class TranslatedRelayTest {
    private static final int MAX_EVENT = 1024;
    private static final AnswerEvent STARTED =
            new AnswerEvent.Started("id", "m", usage(OptionalLong.of(3), OptionalLong.empty()));
    private static final AnswerEvent TEXT = new AnswerEvent.BlockStarted(0, 0, new BlockKind.Text());
    private static final AnswerEvent DELTA = new AnswerEvent.Delta(0, "Hi");
    private static final AnswerEvent FINISHED = new AnswerEvent.Finished(0, StopReason.END, Optional.empty());
    private static final AnswerEvent BLOCKED = new AnswerEvent.Finished(0, StopReason.FILTER, Optional.empty());
    private static final AnswerEvent USAGE =
            new AnswerEvent.UsageReported(usage(OptionalLong.empty(), OptionalLong.of(9)));
    private static final AnswerEvent COMPLETED = new AnswerEvent.Completed();

    static final List<AnswerEvent> MEANINGFUL = List.of(
            DELTA,
            new AnswerEvent.Signed(0, new Signature(Vendor.GOOGLE, "s")),
            new AnswerEvent.Cited(0, new Citation("u", Optional.empty(), -1, -1, Optional.empty())),
            FINISHED,
            new AnswerEvent.BlockStarted(0, 0, new BlockKind.ToolCall("c", "f")),
            new AnswerEvent.BlockStarted(0, 0, new BlockKind.RedactedThinking(Vendor.ANTHROPIC, "d")),
            new AnswerEvent.BlockStarted(0, 0, new BlockKind.Opaque(Dialect.MESSAGES, "t", RawJson.EMPTY_OBJECT)));

    static final List<AnswerEvent> MEANINGLESS = List.of(
            STARTED,
            TEXT,
            new AnswerEvent.BlockStarted(0, 0, new BlockKind.Thinking()),
            new AnswerEvent.BlockStarted(0, 0, new BlockKind.Refusal()),
            new AnswerEvent.BlockEnded(0),
            USAGE,
            BLOCKED,
            new AnswerEvent.Ping());

    private final Scripted decoder = new Scripted();
    private final SseWriter out = new SseWriter();
    private Relay relay = new TranslatedRelay(decoder, new Names(), MAX_EVENT, false);

    @ParameterizedTest
    @FieldSource("MEANINGFUL")
    void meaningfulEvent_isTheCommitPoint_andBringsWhatWasHeld(AnswerEvent event) {
        assertThat(feed(STARTED)).isEmpty();
        assertThat(feed(event)).isEqualTo("Started " + event.getClass().getSimpleName() + " ");
        assertThat(relay.committed()).isTrue();
        assertThat(relay.phase()).isEqualTo(Phase.COMMITTED);
    }

    @ParameterizedTest
    @FieldSource("MEANINGLESS")
    void meaninglessEvent_leavesTheWayBackOpen(AnswerEvent event) {
        assertThat(feed(event)).isEmpty();
        assertThat(relay.committed()).isFalse();
        assertThat(relay.phase()).isEqualTo(Phase.PREAMBLE);
    }

    @Test
    void stream_endsOnce() {
        assertThat(feed(STARTED, TEXT, DELTA, FINISHED, USAGE, COMPLETED))
                .isEqualTo("Started BlockStarted Delta Finished UsageReported Completed ");
        assertThat(relay.phase()).isEqualTo(Phase.ENDED);
        assertThat(feed(DELTA, COMPLETED)).isEmpty();
        relay.end(out);
        relay.fail(GatewayError.of(Kind.TIMEOUT, "late"), out);
        assertThat(out.isEmpty()).isTrue();
        assertThat(relay.failure()).isEmpty();
        assertThat(relay.usage()).isEqualTo(usage(OptionalLong.of(3), OptionalLong.of(9)));
    }

    @Test
    void blockedContent_isAnAnswerOfItsOwn() {
        assertThat(feed(STARTED, BLOCKED, USAGE)).isEmpty();
        assertThat(feed(COMPLETED)).isEqualTo("Started Finished UsageReported Completed ");
        assertThat(relay.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void blockedContent_whereAnotherModelTakesOver_isAFailureBeforeTheCommitPoint() {
        relay = new TranslatedRelay(decoder, new Names(), MAX_EVENT, true);
        assertThat(feed(STARTED, BLOCKED, USAGE, COMPLETED)).isEmpty();
        assertThat(relay.committed()).isFalse();
        assertThat(relay.failure().orElseThrow().kind()).isEqualTo(Kind.CONTENT_BLOCKED);
    }

    /** One of several alternatives is an answer. */
    @Test
    void blockedContent_besideAnotherChoice_isNoFailure() {
        relay = new TranslatedRelay(decoder, new Names(), MAX_EVENT, true);
        AnswerEvent second = new AnswerEvent.Finished(1, StopReason.END, Optional.empty());
        assertThat(feed(STARTED, BLOCKED, second, COMPLETED)).isEqualTo("Started Finished Finished Completed ");
    }

    @Test
    void failureBeforeTheCommitPoint_isToldToDispatchOnly() {
        GatewayError busy = GatewayError.of(Kind.OVERLOADED, "busy");
        assertThat(feed(STARTED, new AnswerEvent.Failed(busy), DELTA, COMPLETED))
                .isEmpty();
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.committed()).isFalse();
        assertThat(relay.failure()).contains(busy);
    }

    @Test
    void failureAfterTheCommitPoint_isToldToTheClientOnce() {
        feed(STARTED, TEXT, DELTA);
        GatewayError silent = GatewayError.of(Kind.TIMEOUT, "silent");
        relay.fail(silent, out);
        relay.fail(GatewayError.of(Kind.INTERNAL, "again"), out);
        assertThat(drained()).isEqualTo("Failed ");
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.failure()).contains(silent);
    }

    @Test
    void closedBeforeItsEnd_isCut() {
        feed(STARTED, TEXT, DELTA);
        relay.end(out);
        assertThat(drained()).isEqualTo("Failed ");
        assertThat(relay.failure().orElseThrow().kind()).isEqualTo(Kind.BAD_GATEWAY);
    }

    @Test
    void closedAndCompletedByTheDecoder_isWhole() {
        feed(STARTED, DELTA);
        decoder.atEnd = List.of(FINISHED, COMPLETED);
        relay.end(out);
        assertThat(drained()).isEqualTo("Finished Completed ");
        assertThat(relay.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void thousandsOfPings_beforeContent_takeNoSpace() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(feed(new AnswerEvent.Ping())).isEmpty();
        }
        assertThat(feed(DELTA)).isEqualTo("Delta ");
    }

    @Test
    void thousandsOfEvents_beforeContent_areAFailure() {
        int events = 0;
        while (relay.phase() == Phase.PREAMBLE && events < 10_000) {
            assertThat(feed(USAGE)).isEmpty();
            events++;
        }
        assertThat(events).isBetween(1000, 1001);
        assertThat(relay.committed()).isFalse();
        assertThat(relay.failure().orElseThrow().kind()).isEqualTo(Kind.BAD_GATEWAY);
    }

    @Test
    void eventOverTheLimit_isAFailure() {
        relay.feed(("data: " + "x".repeat(2 * MAX_EVENT)).getBytes(StandardCharsets.UTF_8), out);
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.failure().orElseThrow().message()).contains(String.valueOf(MAX_EVENT));
    }

    @Test
    void keepalive_isTheEncodersBusiness() {
        relay.keepalive(out);
        assertThat(drained()).isEqualTo("alive ");
    }

    private String feed(AnswerEvent... events) {
        decoder.next.addAll(Stream.of(events).toList());
        for (int i = 0; i < events.length; i++) {
            relay.feed("data: x\n\n".getBytes(StandardCharsets.UTF_8), out);
        }
        return drained();
    }

    private String drained() {
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static Usage usage(OptionalLong input, OptionalLong output) {
        return new Usage(input, OptionalLong.empty(), OptionalLong.empty(), output, OptionalLong.empty());
    }

    /** Makes one given event of each that comes. */
    private static final class Scripted implements EventDecoder {
        private final Deque<AnswerEvent> next = new ArrayDeque<>();
        private List<AnswerEvent> atEnd = List.of();

        @Override
        public void decode(SseEvent event, Consumer<AnswerEvent> out) {
            out.accept(next.removeFirst());
        }

        @Override
        public void end(Consumer<AnswerEvent> out) {
            atEnd.forEach(out);
        }
    }

    private static final class Names implements EventEncoder {
        @Override
        public void encode(AnswerEvent event, SseWriter out) {
            out.ascii(event.getClass().getSimpleName() + " ");
        }

        @Override
        public void keepalive(SseWriter out) {
            out.ascii("alive ");
        }
    }
}
