package dev.aigateway.translation.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What no Messages upstream can make the Chat encoder do: section 14.6 of the translation reference. */
class ChatEncoderTest {
    private static final ChatWire WIRE = new ChatWire();

    @Test
    void severalChoices_eachHaveTheirOwnGrammar() {
        String sse = encode(
                new AnswerEvent.BlockStarted(0, 0, new BlockKind.Text()),
                new AnswerEvent.BlockStarted(1, 1, new BlockKind.ToolCall("c1", "f")),
                new AnswerEvent.Delta(0, "a"),
                new AnswerEvent.Delta(1, "{}"),
                new AnswerEvent.BlockStarted(2, 0, new BlockKind.ToolCall("c2", "g")),
                new AnswerEvent.BlockEnded(0),
                new AnswerEvent.BlockEnded(1),
                new AnswerEvent.BlockEnded(2),
                finished(0, StopReason.TOOL_USE),
                finished(1, StopReason.LENGTH),
                finished(2, StopReason.FILTER));
        assertThat(WIRE.check(sse)).isTrue();
        assertThat(WIRE.transcript(sse))
                .containsExactly(
                        "#1 role",
                        "#1 tool 0 c1 f",
                        "content a",
                        "#1 args 0 {}",
                        "tool 0 c2 g",
                        "finish tool_calls",
                        "#1 finish length",
                        "#2 role",
                        "#2 finish content_filter",
                        "done");
    }

    @Test
    void refusalText_finishesWithStop() {
        String sse = encode(
                new AnswerEvent.BlockStarted(0, 0, new BlockKind.Refusal()),
                new AnswerEvent.Delta(0, "No"),
                new AnswerEvent.BlockEnded(0),
                finished(0, StopReason.REFUSAL));
        assertThat(WIRE.check(sse)).isTrue();
        assertThat(WIRE.transcript(sse)).containsExactly("refusal No", "finish stop", "done");
    }

    @Test
    void geminiSignatureOfACall_isCarriedOnTheCall() {
        String sse = encode(
                new AnswerEvent.BlockStarted(0, 0, new BlockKind.ToolCall("c1", "f")),
                new AnswerEvent.Delta(0, "{}"),
                new AnswerEvent.Signed(0, new Signature(Vendor.GOOGLE, "SIG")),
                new AnswerEvent.BlockEnded(0),
                finished(0, StopReason.TOOL_USE));
        assertThat(WIRE.check(sse)).isTrue();
        assertThat(WIRE.fold(sse)
                        .at("/choices/0/message/tool_calls/0/extra_content/google/thought_signature")
                        .asText())
                .isEqualTo("SIG");
    }

    @Test
    void citation_countsCodePointsOfTheWholeContent() {
        String sse = encode(
                new AnswerEvent.BlockStarted(0, 0, new BlockKind.Text()),
                new AnswerEvent.Delta(0, "😀b"),
                new AnswerEvent.BlockEnded(0),
                new AnswerEvent.BlockStarted(1, 0, new BlockKind.Text()),
                new AnswerEvent.Delta(1, "cd"),
                new AnswerEvent.Cited(1, new Citation("http://x", Optional.empty(), 0, 2, Optional.empty())),
                new AnswerEvent.BlockEnded(1),
                finished(0, StopReason.END));
        assertThat(WIRE.transcript(sse))
                .contains(
                        "delta {'annotations':[{'type':'url_citation','url_citation':{'start_index':2,'end_index':4,'url':'http://x'}}]}");
    }

    private static AnswerEvent finished(int choice, StopReason reason) {
        return new AnswerEvent.Finished(choice, reason, Optional.empty());
    }

    private static String encode(AnswerEvent... events) {
        Conversation request = Conversation.builder(Dialect.CHAT, "asked").build();
        EventEncoder encoder = new ChatDialect().newEncoder(new AnswerContext("req1", "asked", Instant.EPOCH, request));
        SseWriter out = new SseWriter();
        encoder.encode(new AnswerEvent.Started("id", "m", Usage.UNKNOWN), out);
        List.of(events).forEach(event -> encoder.encode(event, out));
        encoder.encode(new AnswerEvent.Completed(), out);
        return new String(out.drain(), StandardCharsets.UTF_8);
    }
}
