package dev.aigateway.translation.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where answers end when the gateway looks for the stop sequences itself. */
class StopEmulationTest {
    private static final Usage COUNTED = new Usage(
            OptionalLong.of(5), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(9), OptionalLong.empty());

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "one END two,           END,      'one ',       END",
                "END,                   END,      '',           END",
                "one EN two,            END,      one EN two,   -",
                "one EN,                END,      one EN,       -",
                "aab,                   ab,       a,            ab",
                "EENDND,                END,      E,            END",
                "ababac,                abac,     ab,           abac",
                "one two,               two|one,  '',           one",
                "abc,                   bc|abc,   '',           abc",
                "abcd,                  abcd|bc,  a,            bc",
                "abc,                   abc|ab,   '',           ab",
                "one END END,           END,      'one ',       END",
                "grün 👍 stop,          👍,       'grün ',      👍",
                "a👍👎,                 👎,       a👍,          👎",
            })
    void text_isCutAtTheFirstSequence_howeverItComesInPieces(
            String text, String sequences, String visible, String met) {
        StopSequences stop = new StopSequences(List.of(sequences.split("\\|")));
        for (int size = 1; size <= text.length(); size++) {
            List<AnswerEvent> events = run(pieces(text, size), stop, 1);
            assertThat(text(events)).as("pieces of %d", size).isEqualTo(visible);
            assertThat(finish(events)).isEqualTo(expectedFinish(met));
            assertThat(folded(events)).isEqualTo(folded(run(pieces(text, text.length()), stop, 1)));
        }
        Answer cut = StopEmulation.cut(folded(pieces(text, text.length())), stop);
        assertThat(cut.first().stopSequence()).isEqualTo(Optional.ofNullable(met));
        assertThat(cut.usage()).as("a whole answer was generated to its end").isEqualTo(COUNTED);
        assertThat(((Block.Text) cut.first().blocks().getFirst()).text()).isEqualTo(visible);
    }

    @ParameterizedTest
    @CsvSource({
        "END,       abc,      abc",
        "END,       abcE,     abc",
        "END,       abcEN,    abc",
        "END,       EEN,      E",
        "ab|xyz,    1xy,      1",
        "ab|bab,    1ba,      1",
        "aab,       1aa,      1",
        "aab,       1aaa,     1a",
    })
    void textWithoutMatch_isPassedOn_butForWhatCouldBeginOne(String sequences, String text, String passed) {
        WatchedText watched = new WatchedText(0, 0, new StopSequences(List.of(sequences.split("\\|"))));
        List<AnswerEvent> events = new ArrayList<>();
        assertThat(watched.feed(text, events::add)).isEmpty();
        assertThat(text(events)).isEqualTo(passed);
        watched.end(events::add);
        assertThat(text(events)).isEqualTo(text);
    }

    @Test
    void thinkingAndArguments_areNotLookedThrough() {
        List<AnswerEvent> events = List.of(
                new AnswerEvent.Started("id", "m", Usage.UNKNOWN),
                new AnswerEvent.BlockStarted(0, 0, new BlockKind.Thinking()),
                new AnswerEvent.Delta(0, "END"),
                new AnswerEvent.BlockEnded(0),
                new AnswerEvent.BlockStarted(1, 0, new BlockKind.ToolCall("c", "f")),
                new AnswerEvent.Delta(1, "{\"a\":\"END\"}"),
                new AnswerEvent.BlockEnded(1),
                new AnswerEvent.Finished(0, StopReason.TOOL_USE, Optional.empty()),
                new AnswerEvent.Completed());
        assertThat(run(events, new StopSequences(List.of("END")), 1)).isEqualTo(events);
    }

    @Test
    void whatFollowsTheSequence_isLeftOut_andTheUpstreamNotAwaited() {
        List<AnswerEvent> events = new ArrayList<>(pieces("oneENDtwo", 9).subList(0, 3));
        events.add(new AnswerEvent.BlockEnded(0));
        events.add(new AnswerEvent.BlockStarted(1, 0, new BlockKind.ToolCall("c", "f")));
        Script upstream = new Script(events);
        EventDecoder emulation = StopEmulation.of(upstream, new StopSequences(List.of("END")), 1);
        assertThat(emulation.endedEarly()).isFalse();
        List<AnswerEvent> out = new ArrayList<>();
        emulation.end(out::add);
        assertThat(emulation.endedEarly()).isTrue();
        assertThat(out)
                .containsExactly(
                        new AnswerEvent.Started("id", "m", Usage.UNKNOWN),
                        new AnswerEvent.BlockStarted(0, 0, new BlockKind.Text()),
                        new AnswerEvent.Delta(0, "one"),
                        new AnswerEvent.BlockEnded(0),
                        new AnswerEvent.Finished(0, StopReason.STOP_SEQUENCE, Optional.of("END")),
                        new AnswerEvent.Completed());
    }

    @Test
    void oneOfTwoChoicesStops_theOtherGoesOnToItsEnd() {
        List<AnswerEvent> events = List.of(
                new AnswerEvent.Started("id", "m", Usage.UNKNOWN),
                new AnswerEvent.BlockStarted(0, 0, new BlockKind.Text()),
                new AnswerEvent.BlockStarted(1, 1, new BlockKind.Text()),
                new AnswerEvent.Delta(0, "oneEND"),
                new AnswerEvent.Delta(1, "two"),
                new AnswerEvent.Delta(0, "more"),
                new AnswerEvent.BlockEnded(0),
                new AnswerEvent.BlockEnded(1),
                new AnswerEvent.Finished(0, StopReason.END, Optional.empty()),
                new AnswerEvent.Finished(1, StopReason.LENGTH, Optional.empty()),
                new AnswerEvent.Completed());
        Answer answer = folded(run(events, new StopSequences(List.of("END")), 2));
        assertThat(answer.candidates())
                .extracting(Answer.Candidate::reason)
                .containsExactly(StopReason.STOP_SEQUENCE, StopReason.LENGTH);
        assertThat(answer.candidates().getFirst().blocks()).containsExactly(new Block.Text("one"));
        assertThat(answer.candidates().getLast().blocks()).containsExactly(new Block.Text("two"));
    }

    @Test
    void probabilities_areOfTheTokensThatAreSeen() {
        List<AnswerEvent> events = new ArrayList<>(pieces("a bEND", 6));
        events.add(2, new AnswerEvent.Scored(0, tokens("a", " b", "EN", "D")));
        Block.Text cut = (Block.Text) folded(run(events, new StopSequences(List.of("END")), 1))
                .first()
                .blocks()
                .getFirst();
        assertThat(cut.logprobs()).extracting(TokenLogprob::token).containsExactly("a", " b");
        Block.Text whole = (Block.Text) folded(run(events, new StopSequences(List.of("ENDE")), 1))
                .first()
                .blocks()
                .getFirst();
        assertThat(whole.logprobs()).extracting(TokenLogprob::token).containsExactly("a", " b", "EN", "D");
    }

    @ParameterizedTest
    @CsvSource({
        "RESPONSES, gpt-4o,            true",
        "RESPONSES, gpt-5,             true",
        "CHAT,      o4-mini,           true",
        "CHAT,      gpt-4o,            false",
        "MESSAGES,  claude-sonnet-4-5, false",
        "GEMINI,    gemini-3-pro,      false",
    })
    void emulation_isForUpstreamsThatTakeNone(Dialect dialect, String model, boolean emulated) {
        assertThat(StopSequences.of(asking(List.of("END")), Target.of(dialect, model))
                        .isEmpty())
                .isNotEqualTo(emulated);
    }

    @Test
    void tooManyOrTooLong_areDroppedWithANote_andEmptyOnesMeanNothing() {
        List<String> many = IntStream.range(0, 17).mapToObj(i -> "s" + i).toList();
        assertThat(notes(many)).containsExactly("approximated:stop", "dropped:stop");
        assertThat(notes(List.of("x".repeat(257)))).containsExactly("dropped:stop");
        assertThat(notes(List.of("x".repeat(256), ""))).containsExactly("approximated:stop");
        assertThat(notes(List.of(""))).isEmpty();
        assertThat(StopSequences.of(asking(many), Target.of(Dialect.RESPONSES, "m"))
                        .texts())
                .hasSize(16);
    }

    private static List<String> notes(List<String> stop) {
        TranslationNotes notes = new TranslationNotes(false);
        StopSequences.note(asking(stop), notes);
        return notes.all().stream().map(Object::toString).toList();
    }

    private static Conversation asking(List<String> stop) {
        Sampling usual = Sampling.DEFAULT;
        return Conversation.builder(Dialect.CHAT, "m")
                .sampling(new Sampling(
                        OptionalInt.empty(),
                        usual.temperature(),
                        usual.topP(),
                        usual.topK(),
                        usual.seed(),
                        usual.presencePenalty(),
                        usual.frequencyPenalty(),
                        stop,
                        1,
                        usual.logitBias(),
                        false,
                        OptionalInt.empty()))
                .build();
    }

    private static AnswerEvent.Finished expectedFinish(String met) {
        return new AnswerEvent.Finished(
                0, met == null ? StopReason.END : StopReason.STOP_SEQUENCE, Optional.ofNullable(met));
    }

    private static List<AnswerEvent> pieces(String text, int size) {
        List<AnswerEvent> events = new ArrayList<>();
        events.add(new AnswerEvent.Started("id", "m", Usage.UNKNOWN));
        events.add(new AnswerEvent.BlockStarted(0, 0, new BlockKind.Text()));
        for (int at = 0; at < text.length(); at += size) {
            events.add(new AnswerEvent.Delta(0, text.substring(at, Math.min(text.length(), at + size))));
        }
        events.add(new AnswerEvent.BlockEnded(0));
        events.add(new AnswerEvent.UsageReported(COUNTED));
        events.add(new AnswerEvent.Finished(0, StopReason.END, Optional.empty()));
        events.add(new AnswerEvent.Completed());
        return events;
    }

    private static List<AnswerEvent> run(List<AnswerEvent> events, StopSequences stop, int choices) {
        List<AnswerEvent> out = new ArrayList<>();
        StopEmulation.of(new Script(events), stop, choices).end(out::add);
        return out;
    }

    private static String text(List<AnswerEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> {
            if (event instanceof AnswerEvent.Delta(var block, var piece)) {
                assertThat(piece).isNotEmpty();
                text.append(piece);
            }
        });
        return text.toString();
    }

    private static AnswerEvent finish(List<AnswerEvent> events) {
        return events.stream()
                .filter(AnswerEvent.Finished.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static Answer folded(List<AnswerEvent> events) {
        AnswerFolder folder = new AnswerFolder();
        events.forEach(folder);
        return folder.answer();
    }

    /** Tokens that are equally likely. */
    private static List<TokenLogprob> tokens(String... texts) {
        return Arrays.stream(texts)
                .map(token -> new TokenLogprob(token, Optional.empty(), BigDecimal.ONE.negate(), List.of()))
                .toList();
    }

    /** A decoder that knows its events beforehand. */
    private record Script(List<AnswerEvent> events) implements EventDecoder {
        @Override
        public void decode(SseEvent event, Consumer<AnswerEvent> out) {}

        @Override
        public void end(Consumer<AnswerEvent> out) {
            events.forEach(out);
        }
    }
}
