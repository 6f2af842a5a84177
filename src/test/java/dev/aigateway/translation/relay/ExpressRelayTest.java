package dev.aigateway.translation.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.completions.CompletionsDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.relay.Relay.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressRelayTest {
    private static final int MAX_EVENT = 4096;
    private static final String ROLE = choice(0, "\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
    private static final String TEXT = choice(0, "\"delta\":{\"content\":\"Hi\"}");
    private static final String STOP = choice(0, "\"delta\":{},\"finish_reason\":\"stop\"");
    private static final String DONE = "data: [DONE]\n\n";
    private static final String START =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{\"input_tokens\":3}}}\n\n";
    private static final String DELTA =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n";

    private final SseWriter out = new SseWriter();
    private Relay relay = chat(Optional.empty());

    @Test
    void preamble_isHeldBack_untilTheFirstContent() {
        assertThat(feed(": hello\n\n" + ROLE)).isEmpty();
        assertThat(relay.phase()).isEqualTo(Phase.PREAMBLE);
        assertThat(relay.committed()).isFalse();
        assertThat(feed(TEXT)).isEqualTo(": hello\n\n" + ROLE + TEXT);
        assertThat(relay.phase()).isEqualTo(Phase.COMMITTED);
        assertThat(feed(": more\n\n")).isEqualTo(": more\n\n");
    }

    @Test
    void end_isForwarded_andNothingAfterIt() {
        assertThat(feed(TEXT + STOP + DONE + TEXT)).isEqualTo(TEXT + STOP + DONE);
        assertThat(relay.phase()).isEqualTo(Phase.ENDED);
        assertThat(feed(TEXT)).isEmpty();
        assertThat(end()).isEmpty();
        relay.fail(GatewayError.of(Kind.TIMEOUT, "late"), out);
        assertThat(out.isEmpty()).isTrue();
        assertThat(relay.failure()).isEmpty();
    }

    @Test
    void failureBeforeContent_isToldToDispatchOnly() {
        feed(ROLE);
        assertThat(feed("data: {\"error\":{\"message\":\"busy\",\"type\":\"overloaded_error\"}}\n\n"))
                .isEmpty();
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.failure().orElseThrow().kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(feed(TEXT) + end()).isEmpty();
    }

    @Test
    void failureAfterContent_isToldToTheClientOnce() {
        feed(TEXT);
        relay.fail(GatewayError.of(Kind.TIMEOUT, "silent"), out);
        relay.fail(GatewayError.of(Kind.BAD_GATEWAY, "again"), out);
        assertThat(drained())
                .startsWith("data: {\"error\":{\"message\":\"silent\"")
                .doesNotContain("again");
        assertThat(relay.failure().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void thousandsOfPings_beforeContent_areAFailureInBoundedSpace() {
        int pings = 0;
        while (relay.phase() == Phase.PREAMBLE && pings < 10_000) {
            assertThat(feed(": ping\n\n")).isEmpty();
            pings++;
        }
        assertThat(pings * ": ping\n\n".length()).isBetween(MAX_EVENT, MAX_EVENT + 100);
        assertThat(relay.committed()).isFalse();
        assertThat(relay.failure().orElseThrow().kind()).isEqualTo(Kind.BAD_GATEWAY);
        assertThat(feed(TEXT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eventOverTheLimit_isAFailure(boolean begun) {
        feed(begun ? TEXT : ROLE);
        String told = feed("data: {\"x\":\"" + "x".repeat(MAX_EVENT));
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.failure().orElseThrow().message()).contains(String.valueOf(MAX_EVENT));
        assertThat(told.contains("\"error\"")).isEqualTo(begun);
    }

    @Test
    void closedWithoutAnything_isCut() {
        assertThat(end()).isEmpty();
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
        assertThat(relay.failure().orElseThrow().kind()).isEqualTo(Kind.BAD_GATEWAY);
    }

    @Test
    void closedAfterEveryChoiceHasFinished_isEndedByUs() {
        String events = choice(0, "\"delta\":{\"content\":\"a\"}")
                + choice(1, "\"delta\":{\"content\":\"b\"}")
                + choice(0, "\"delta\":{},\"finish_reason\":\"stop\"")
                + choice(1, "\"delta\":{},\"finish_reason\":\"length\"");
        assertThat(feed(events)).isEqualTo(events);
        assertThat(end()).isEqualTo(DONE);
        assertThat(relay.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void closedDuringTheSecondChoice_isCut() {
        feed(choice(0, "\"delta\":{\"content\":\"a\"}")
                + choice(0, "\"delta\":{},\"finish_reason\":\"stop\"")
                + choice(1, "\"delta\":{\"content\":\"b\"}"));
        assertThat(end()).startsWith("data: {\"error\":{").doesNotContain("[DONE]");
    }

    @Test
    void lastEventWithoutBlankLine_isWhole_orIsCut() {
        feed(TEXT);
        feed(STOP.stripTrailing());
        assertThat(end()).isEqualTo(STOP + DONE);
        relay = chat(Optional.empty());
        feed(TEXT);
        feed(STOP.substring(0, STOP.length() - 5));
        assertThat(end()).startsWith("data: {\"error\":{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void messagesClosedWithoutStopReason_isCut(String reason) {
        relay = messages();
        feed(START + DELTA + messageDelta(reason));
        assertThat(end()).startsWith("event: error\n");
        assertThat(relay.phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void messagesClosedAfterItsStopReason_isEndedByUs() {
        relay = messages();
        String events = START + DELTA + messageDelta("\"end_turn\"");
        assertThat(feed(START)).isEmpty();
        assertThat(feed(DELTA + messageDelta("\"end_turn\""))).isEqualTo(events);
        assertThat(end()).isEqualTo("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        assertThat(relay.usage().input()).isEqualTo(OptionalLong.of(3));
        assertThat(relay.usage().output()).isEqualTo(OptionalLong.of(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blockedContent_isHeldBackToTheEnd_andIsAFailureWhereAnotherModelTakesOver(boolean replaceable) {
        ChatDialect dialect = new ChatDialect();
        relay = new ExpressRelay(dialect, dialect.newWatch(), MAX_EVENT, "req1", Optional.empty(), replaceable);
        String blocked = choice(0, "\"delta\":{},\"finish_reason\":\"content_filter\"");
        assertThat(feed(blocked)).isEmpty();
        assertThat(relay.committed()).isFalse();
        assertThat(feed(DONE)).isEqualTo(replaceable ? "" : blocked + DONE);
        assertThat(relay.phase()).isEqualTo(replaceable ? Phase.FAILED : Phase.ENDED);
        assertThat(relay.failure().map(GatewayError::kind))
                .isEqualTo(replaceable ? Optional.of(Kind.CONTENT_BLOCKED) : Optional.empty());
    }

    @Test
    void keepalive_isThatOfTheDialect() {
        relay.keepalive(out);
        assertThat(drained()).startsWith(": ");
        relay = messages();
        relay.keepalive(out);
        assertThat(drained()).startsWith("event: ping\n");
    }

    @Test
    void alias_isShownInEveryEventThatNamesTheModel() {
        relay = chat(Optional.of(new ModelRewrite(Dialect.CHAT, "mini \"x\"")));
        String named =
                "data: { \"model\" : \"gpt\", \"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}],\"n\":1.0}\n\n";
        assertThat(feed(named + TEXT)).isEqualTo(named.replace("\"gpt\"", "\"mini \\\"x\\\"\"") + TEXT);
    }

    @Test
    void completions_endLikeChat() {
        relay = new ExpressRelay(
                new CompletionsDialect(), new ChatDialect().newWatch(), MAX_EVENT, "req1", Optional.empty(), false);
        String events = "data: {\"choices\":[{\"index\":0,\"text\":\"Hi\",\"finish_reason\":\"stop\"}]}\n\n";
        assertThat(feed(events) + end()).isEqualTo(events + DONE);
    }

    private String feed(String bytes) {
        relay.feed(bytes.getBytes(StandardCharsets.UTF_8), out);
        return drained();
    }

    private String end() {
        relay.end(out);
        return drained();
    }

    private String drained() {
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static Relay chat(Optional<ModelRewrite> rewrite) {
        ChatDialect dialect = new ChatDialect();
        return new ExpressRelay(dialect, dialect.newWatch(), MAX_EVENT, "req1", rewrite, false);
    }

    private static Relay messages() {
        MessagesDialect dialect = new MessagesDialect();
        return new ExpressRelay(dialect, dialect.newWatch(), MAX_EVENT, "req1", Optional.empty(), false);
    }

    private static String choice(int index, String rest) {
        return "data: {\"id\":\"c1\",\"choices\":[{\"index\":" + index + "," + rest + "}]}\n\n";
    }

    private static String messageDelta(String reason) {
        return "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":" + reason
                + "},\"usage\":{\"output_tokens\":2}}\n\n";
    }
}
