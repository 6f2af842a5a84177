package dev.aigateway.dispatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.EventEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of an answer comes back into the history of a client that has kept nothing but text and calls. */
class SignatureMemoryTest {
    private static final Signature GOOGLE = new Signature(Vendor.GOOGLE, "g");
    private static final Block CLAUDE = thought("Hm.", Vendor.ANTHROPIC);
    private static final Block LATER = thought("Oh.", Vendor.ANTHROPIC);
    private static final Block HIDDEN = new Block.RedactedThinking(Vendor.ANTHROPIC, "r");
    private static final Block GPT =
            new Block.Thinking("Hm.", Optional.of(new Signature(Vendor.OPENAI, "e", Optional.of("rs_1"))));
    private static final Block BARE = new Block.Thinking("Hm.", Optional.empty());
    private static final Block TEXT = new Block.Text("I look.");

    private final SignatureCache cache = new SignatureCache();

    /** The answer, the same as a client gives it back, and what the upstream gets. */
    static Stream<Arguments> histories() {
        return Stream.of(
                row(
                        "signature of a call",
                        Dialect.GEMINI,
                        List.of(signed("a")),
                        List.of(call("a")),
                        List.of(signed("a"))),
                row(
                        "parallel calls, only the first signed",
                        Dialect.GEMINI,
                        List.of(signed("a"), call("b")),
                        List.of(call("a"), call("b")),
                        List.of(signed("a"), call("b"))),
                row("to a Chat provider", Dialect.CHAT, List.of(signed("a")), List.of(call("a")), List.of(signed("a"))),
                row("another vendor", Dialect.MESSAGES, List.of(signed("a")), List.of(call("a")), List.of(call("a"))),
                row(
                        "thinking of Anthropic",
                        Dialect.MESSAGES,
                        List.of(CLAUDE, TEXT, call("a")),
                        List.of(TEXT, call("a")),
                        List.of(CLAUDE, TEXT, call("a"))),
                row(
                        "thinking whose text the client kept",
                        Dialect.MESSAGES,
                        List.of(CLAUDE, TEXT, call("a")),
                        List.of(BARE, TEXT, call("a")),
                        List.of(CLAUDE, TEXT, call("a"))),
                row(
                        "hidden thinking",
                        Dialect.MESSAGES,
                        List.of(HIDDEN, CLAUDE, call("a")),
                        List.of(call("a")),
                        List.of(HIDDEN, CLAUDE, call("a"))),
                row(
                        "thinking after the text",
                        Dialect.MESSAGES,
                        List.of(CLAUDE, TEXT, LATER, call("a")),
                        List.of(TEXT, call("a")),
                        List.of(CLAUDE, TEXT, LATER, call("a"))),
                row(
                        "thinking between calls",
                        Dialect.MESSAGES,
                        List.of(CLAUDE, call("a"), LATER, call("b")),
                        List.of(call("a"), call("b")),
                        List.of(CLAUDE, call("a"), LATER, call("b"))),
                row(
                        "text behind the calls stays there",
                        Dialect.MESSAGES,
                        List.of(CLAUDE, call("a"), TEXT),
                        List.of(call("a"), TEXT),
                        List.of(CLAUDE, call("a"), TEXT)),
                row(
                        "carried thinking wins",
                        Dialect.MESSAGES,
                        List.of(CLAUDE, call("a")),
                        List.of(LATER, call("a")),
                        List.of(LATER, call("a"))),
                row(
                        "carried signature wins",
                        Dialect.GEMINI,
                        List.of(signed("a")),
                        List.of(call("a", Optional.of(new Signature(Vendor.GOOGLE, "own")))),
                        List.of(call("a", Optional.of(new Signature(Vendor.GOOGLE, "own"))))),
                row(
                        "encrypted reasoning",
                        Dialect.RESPONSES,
                        List.of(GPT, call("a")),
                        List.of(call("a")),
                        List.of(GPT, call("a"))),
                row(
                        "thinking of another vendor",
                        Dialect.RESPONSES,
                        List.of(CLAUDE, call("a")),
                        List.of(BARE, call("a")),
                        List.of(BARE, call("a"))),
                row("no call, no need", Dialect.MESSAGES, List.of(CLAUDE, TEXT), List.of(TEXT), List.of(TEXT)),
                row(
                        "thinking without a proof",
                        Dialect.MESSAGES,
                        List.of(BARE, call("a")),
                        List.of(call("a")),
                        List.of(call("a"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void nextTurn_hasWhatTheClientDropped(
            String label, Dialect upstream, List<Block> answer, List<Block> returned, List<Block> restored) {
        SignatureMemory memory = new SignatureMemory(cache, "me", upstream);
        memory.keep(request("Hi"), answer(answer));
        Conversation next = request("Hi", new Turn(Turn.Role.ASSISTANT, returned));
        assertThat(memory.restore(next).turns().getLast().blocks()).isEqualTo(restored);
        assertThat(new SignatureMemory(cache, "other", upstream).restore(next)).isSameAs(next);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void streamedAnswer_isRememberedTheSame(
            String label, Dialect upstream, List<Block> answer, List<Block> returned, List<Block> restored) {
        SignatureMemory memory = new SignatureMemory(cache, "me", upstream);
        EventEncoder encoder = memory.keeping(request("Hi"), new Silent());
        AnswerReplay.replay(answer(answer), event -> encoder.encode(event, new SseWriter()));
        Conversation next = request("Hi", new Turn(Turn.Role.ASSISTANT, returned));
        assertThat(memory.restore(next).turns().getLast().blocks()).isEqualTo(restored);
    }

    @Test
    void streamThatFails_isNotRemembered() {
        SignatureMemory memory = new SignatureMemory(cache, "me", Dialect.GEMINI);
        EventEncoder encoder = memory.keeping(request("Hi"), new Silent());
        AnswerReplay.replay(answer(List.of(signed("a"))), event -> {
            if (!(event instanceof AnswerEvent.Completed)) {
                encoder.encode(event, new SseWriter());
            }
        });
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void equalIdsInTwoConversations_keepTheirOwn() {
        SignatureMemory memory = new SignatureMemory(cache, "me", Dialect.GEMINI);
        for (String first : List.of("One", "Two")) {
            memory.keep(request(first), answer(List.of(call("a", Optional.of(new Signature(Vendor.GOOGLE, first))))));
        }
        for (String first : List.of("One", "Two")) {
            Conversation next = request(first, new Turn(Turn.Role.ASSISTANT, List.of(call("a"))));
            assertThat(memory.restore(next).turns().getLast().blocks())
                    .containsExactly(call("a", Optional.of(new Signature(Vendor.GOOGLE, first))));
        }
    }

    @Test
    void clientsOwnKey_partsConversationsThatBeginAlike() {
        SignatureMemory memory = new SignatureMemory(cache, "me", Dialect.GEMINI);
        for (String key : List.of("k1", "k2")) {
            memory.keep(keyed(key), answer(List.of(call("a", Optional.of(new Signature(Vendor.GOOGLE, key))))));
        }
        Conversation next = keyed("k1", new Turn(Turn.Role.ASSISTANT, List.of(call("a"))));
        assertThat(memory.restore(next).turns().getLast().blocks())
                .containsExactly(call("a", Optional.of(new Signature(Vendor.GOOGLE, "k1"))));
    }

    private static Arguments row(
            String label, Dialect upstream, List<Block> answer, List<Block> returned, List<Block> restored) {
        return Arguments.of(label, upstream, answer, returned, restored);
    }

    private static Block thought(String text, Vendor vendor) {
        return new Block.Thinking(text, Optional.of(new Signature(vendor, "s" + text)));
    }

    private static Block signed(String id) {
        return call(id, Optional.of(GOOGLE));
    }

    private static Block call(String id) {
        return call(id, Optional.empty());
    }

    private static Block call(String id, Optional<Signature> signature) {
        return new Block.ToolCall(id, "look", Optional.empty(), ToolKind.FUNCTION, "{}", signature, Optional.empty());
    }

    private static Answer answer(List<Block> blocks) {
        return new Answer(
                "id", "m", List.of(new Answer.Candidate(blocks, StopReason.TOOL_USE, Optional.empty())), Usage.UNKNOWN);
    }

    private static Conversation request(String first, Turn... more) {
        return Conversation.builder(Dialect.CHAT, "m")
                .turn(new Turn(Turn.Role.USER, List.of(new Block.Text(first))))
                .turns(List.of(more))
                .build();
    }

    private static Conversation keyed(String key, Turn... more) {
        return Conversation.builder(Dialect.CHAT, "m")
                .turn(new Turn(Turn.Role.USER, List.of(new Block.Text("Hi"))))
                .turns(List.of(more))
                .caller(new Caller(Optional.empty(), Map.of(), Optional.of(key), Optional.empty()))
                .build();
    }

    /** A client that is told nothing. */
    private record Silent() implements EventEncoder {
        @Override
        public void encode(AnswerEvent event, SseWriter out) {}

        @Override
        public void keepalive(SseWriter out) {}
    }
}
