package dev.aigateway.translation.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.relay.Relay.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to stream calls in whichever form they come: section 14.1 of the translation reference. */
class SniffingRelayTest {
    private static final int MAX_DOCUMENT = 200;
    private static final String CHUNK = "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}";
    private static final String STOP =
            "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String EVENTS = "data: " + CHUNK + "\n\ndata: " + STOP + "\n\ndata: [DONE]\n\n";
    private static final String GOOGLE = "{\"candidates\": [{\"content\":\n{\"parts\":[{\"text\":\"a\\\"]}\\\\\"}]}}]}";
    private static final String GOOGLE_END =
            "{\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"STOP\"}]}";

    private final SseWriter out = new SseWriter();
    private String document = "";

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF", "  \r\n"})
    void events_goThroughAsTheyAre_inAnyChunking(String before) {
        for (IntSupplier chunk : chunkings()) {
            Relay relay = chat();
            feed(relay, before + EVENTS, chunk);
            assertThat(relay.phase()).isEqualTo(Phase.ENDED);
            assertThat(written()).isEqualTo(EVENTS);
        }
    }

    @Test
    void comment_isAnEventStream() {
        Relay relay = chat();
        feed(relay, ": hello\n\n" + EVENTS, () -> 1);
        assertThat(written()).isEqualTo(": hello\n\n" + EVENTS);
    }

    @Test
    void document_isReplayedWhenItIsWhole_inAnyChunking() {
        for (IntSupplier chunk : chunkings()) {
            Relay relay = chat();
            feed(relay, "\n{\"a\":1}", chunk);
            assertThat(relay.committed()).isFalse();
            assertThat(relay.phase()).isEqualTo(Phase.PREAMBLE);
            relay.end(out);
            assertThat(relay.phase()).isEqualTo(Phase.ENDED);
            assertThat(relay.committed()).isTrue();
            assertThat(relay.usage().input()).hasValue(7);
            assertThat(document).isEqualTo("{\"a\":1}");
            assertThat(written()).isEqualTo("replayed");
            relay.fail(GatewayError.of(GatewayError.Kind.TIMEOUT, "late"), out);
            assertThat(relay.phase()).isEqualTo(Phase.ENDED);
            assertThat(out.isEmpty()).isTrue();
        }
    }

    @Test
    void documentThatIsAnError_leavesTheWayBackOpen() {
        Relay relay = chat();
        feed(relay, "{\"error\":{\"message\":\"Busy\"}}", () -> 3);
        relay.end(out);
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.committed()).isFalse();
        assertThat(relay.failure().orElseThrow().message()).isEqualTo("Busy");
        assertThat(out.isEmpty()).isTrue();
    }

    @Test
    void documentWithoutEnd_isGivenUpAtTheLimit() {
        Relay relay = chat();
        feed(relay, "{\"a\":\"" + "x".repeat(MAX_DOCUMENT), () -> 64);
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.failure().orElseThrow().message()).contains("200 bytes");
        relay.end(out);
        assertThat(document).isEmpty();
    }

    @Test
    void page_failsAtOnce_withoutItsWords() {
        Relay relay = chat();
        feed(relay, "\r\n<!doctype html><p>login", () -> 1);
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.committed()).isFalse();
        assertThat(relay.failure().orElseThrow().kind()).isEqualTo(GatewayError.Kind.BAD_GATEWAY);
        assertThat(relay.failure().orElseThrow().message()).contains("web page").doesNotContain("login");
    }

    @Test
    void nothing_isAStreamThatWasCut() {
        Relay relay = chat();
        feed(relay, "\n ", () -> 1);
        relay.end(out);
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void array_isTheEventsOfItsElements_inAnyChunking() {
        for (IntSupplier chunk : chunkings()) {
            Relay relay = gemini();
            feed(relay, "[" + GOOGLE + "\n,\r\n" + GOOGLE_END + "\n]\n", chunk);
            relay.end(out);
            assertThat(relay.phase()).isEqualTo(Phase.ENDED);
            assertThat(written()).isEqualTo("data: " + GOOGLE.replace('\n', ' ') + "\n\ndata: " + GOOGLE_END + "\n\n");
        }
    }

    @Test
    void array_isPassedOnBeforeItsEnd() {
        Relay relay = gemini();
        feed(relay, "[" + GOOGLE, () -> 5);
        assertThat(relay.committed()).isTrue();
        relay.end(out);
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"error\":{\"code\":503,\"message\":\"Busy\",\"status\":\"UNAVAILABLE\"}}]|Busy",
                "[1, \"a\"]|The provider sent a chunk that is not a JSON object.",
                "[]|The upstream closed the stream before the answer was complete."
            })
    void arrayWithoutAnswer_fails(String array, String message) {
        Relay relay = gemini();
        feed(relay, array, () -> 1);
        relay.end(out);
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.committed()).isFalse();
        assertThat(relay.failure().orElseThrow().message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: {}|true",
                "event: x|true",
                ": c|true",
                "id: 1|true",
                "retry: 1|true",
                "{\"data:\":1}|false",
                "[]|false",
                "<html>|false",
                "''|false",
                "database down|false"
            })
    void wholeBody_isEventsOnlyWhenItSaysSo(String body, boolean events) {
        assertThat(BodyForm.saysEvents(("\n\uFEFF" + body).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(events);
    }

    private Relay chat() {
        return relay(new ChatDialect());
    }

    private Relay gemini() {
        return relay(new GeminiDialect());
    }

    private <D extends UpstreamDialect & ClientDialect> Relay relay(D dialect) {
        Relay express = new ExpressRelay(dialect, dialect.newWatch(), 1024, "r", Optional.empty(), false);
        return new SniffingRelay(
                express,
                (body, to) -> {
                    document = new String(body, StandardCharsets.UTF_8);
                    if (document.contains("error")) {
                        dialect.readAnswer(body, Target.of(dialect.dialect(), "m"));
                    }
                    to.raw(ByteSlice.of("replayed".getBytes(StandardCharsets.UTF_8)));
                    return new Usage(
                            OptionalLong.of(7),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty());
                },
                MAX_DOCUMENT);
    }

    private String written() {
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private void feed(Relay relay, String body, IntSupplier chunk) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int next = Math.min(bytes.length, at + chunk.getAsInt());
            relay.feed(Arrays.copyOfRange(bytes, at, next), out);
            at = next;
        }
    }

    private static IntSupplier[] chunkings() {
        Random random = new Random(3);
        return new IntSupplier[] {() -> 1, () -> Integer.MAX_VALUE / 2, () -> 1 + random.nextInt(20)};
    }
}
