package dev.aigateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AnswerReplayTest {
    private static final Optional<Signature> SIGNED = Optional.of(new Signature(Vendor.GOOGLE, "sig"));
    private static final Usage USAGE = new Usage(
            OptionalLong.of(9), OptionalLong.of(4), OptionalLong.of(1), OptionalLong.of(5), OptionalLong.of(2));

    static final List<Block> INPUT_ONLY = List.of(
            new Block.Image(new Source.Url("u")),
            new Block.Audio("d", "wav"),
            new Block.Video(new Source.Url("u")),
            new Block.Document(
                    new Source.PlainText("t"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty()),
            new Block.ToolResult("c", Optional.empty(), ToolKind.FUNCTION, List.of(), false, Optional.empty()));

    @Test
    void replay_ofEveryKindOfBlock_foldsIntoTheSameAnswer() {
        Citation citation = new Citation("https://x", Optional.of("X"), 0, 2, Optional.of(new RawJson("{}")));
        Answer answer = new Answer(
                "id",
                "m",
                List.of(
                        new Answer.Candidate(
                                List.of(
                                        new Block.Thinking("hm", SIGNED),
                                        new Block.Thinking("", SIGNED),
                                        new Block.RedactedThinking(Vendor.ANTHROPIC, "D"),
                                        new Block.Text("Hi", List.of(citation), Optional.empty(), SIGNED),
                                        new Block.Text(""),
                                        new Block.Opaque(Dialect.MESSAGES, "server_tool_use", new RawJson("{}"))),
                                StopReason.STOP_SEQUENCE,
                                Optional.of("END")),
                        new Answer.Candidate(
                                List.of(
                                        new Block.ToolCall(
                                                "c1",
                                                "f",
                                                Optional.of("ns"),
                                                ToolKind.CUSTOM,
                                                "free text",
                                                SIGNED,
                                                Optional.empty()),
                                        new Block.Refusal("no")),
                                StopReason.TOOL_USE,
                                Optional.empty())),
                USAGE);
        List<AnswerEvent> events = new ArrayList<>();
        AnswerReplay.replay(answer, events::add);
        AnswerFolder folder = new AnswerFolder();
        events.forEach(folder);
        assertThat(folder.answer()).isEqualTo(answer);
        assertThat(events).last().isEqualTo(new AnswerEvent.Completed());
        assertThat(events)
                .noneMatch(event -> event instanceof AnswerEvent.Delta(var block, var text) && text.isEmpty());
        assertThat(answer.first().callsTool()).isFalse();
        assertThat(answer.candidates().get(1).callsTool()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("INPUT_ONLY")
    void replay_ofWhatNoModelAnswers_isADefect(Block block) {
        Answer answer = new Answer(
                "id",
                "m",
                List.of(new Answer.Candidate(List.of(block), StopReason.END, Optional.empty())),
                Usage.UNKNOWN);
        assertThatThrownBy(() -> AnswerReplay.replay(answer, event -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(block.getClass().getSimpleName());
    }

    @Test
    void fold_ofABlockThatNeverStarted_isADefect() {
        AnswerFolder folder = new AnswerFolder();
        assertThatThrownBy(() -> folder.accept(new AnswerEvent.Delta(3, "x"))).hasMessageContaining("block 3");
    }
}
