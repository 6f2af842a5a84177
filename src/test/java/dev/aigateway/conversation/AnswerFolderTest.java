package dev.aigateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AnswerFolderTest {
    private static final Answer ANSWER = new Answer(
            "id",
            "model",
            List.of(new Answer.Candidate(
                    List.of(
                            new Block.Thinking("hm", Optional.of(new Signature(Vendor.ANTHROPIC, "sig"))),
                            new Block.RedactedThinking(Vendor.ANTHROPIC, "data"),
                            new Block.Text("hello"),
                            new Block.ToolCall("c1", "f", "{\"a\":1}"),
                            new Block.Refusal("no")),
                    StopReason.TOOL_USE,
                    Optional.empty())),
            new Usage(
                    OptionalLong.of(5),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.of(3),
                    OptionalLong.empty()));

    @Test
    void fold_ofReplay_isTheAnswer() {
        AnswerFolder folder = new AnswerFolder();
        AnswerReplay.replay(ANSWER, folder);
        assertThat(folder.answer()).isEqualTo(ANSWER);
    }

    @Test
    void fold_interleavedBlocks_keepsEachWhole() {
        AnswerFolder folder = fold(
                new AnswerEvent.Started("id", "m", Usage.UNKNOWN),
                new AnswerEvent.BlockStarted(0, 0, new BlockKind.ToolCall("a", "f")),
                new AnswerEvent.BlockStarted(1, 0, new BlockKind.ToolCall("b", "g")),
                new AnswerEvent.Delta(0, "{\"x\""),
                new AnswerEvent.Delta(1, "[]"),
                new AnswerEvent.Delta(0, ":1}"),
                new AnswerEvent.BlockEnded(0),
                new AnswerEvent.BlockEnded(1),
                new AnswerEvent.Finished(0, StopReason.TOOL_USE, Optional.empty()),
                new AnswerEvent.Completed());
        assertThat(folder.answer().first().blocks())
                .containsExactly(new Block.ToolCall("a", "f", "{\"x\":1}"), new Block.ToolCall("b", "g", "[]"));
    }

    @Test
    void fold_functionWithoutArguments_meansEmptyObject() {
        AnswerFolder folder = fold(
                new AnswerEvent.BlockStarted(0, 0, new BlockKind.ToolCall("a", "f")),
                new AnswerEvent.BlockEnded(0),
                new AnswerEvent.Finished(0, StopReason.TOOL_USE, Optional.empty()),
                new AnswerEvent.Completed());
        assertThat(folder.answer().first().blocks()).containsExactly(new Block.ToolCall("a", "f", "{}"));
    }

    @Test
    void fold_severalChoices_keepsThemApart() {
        AnswerFolder folder = fold(
                new AnswerEvent.BlockStarted(0, 1, new BlockKind.Text()),
                new AnswerEvent.BlockStarted(1, 0, new BlockKind.Text()),
                new AnswerEvent.Delta(0, "second"),
                new AnswerEvent.Delta(1, "first"),
                new AnswerEvent.Finished(0, StopReason.END, Optional.empty()),
                new AnswerEvent.Finished(1, StopReason.LENGTH, Optional.empty()),
                new AnswerEvent.Completed());
        assertThat(folder.answer().candidates())
                .extracting(candidate -> candidate.blocks().getFirst())
                .containsExactly(new Block.Text("first"), new Block.Text("second"));
    }

    @Test
    void answer_afterFailure_throwsThatFailure() {
        GatewayError error = GatewayError.of(GatewayError.Kind.OVERLOADED, "busy");
        AnswerFolder folder = fold(new AnswerEvent.Failed(error));
        assertThatThrownBy(folder::answer)
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void answer_withoutTheEnd_isNoAnswer() {
        AnswerFolder folder = fold(new AnswerEvent.Finished(0, StopReason.END, Optional.empty()));
        assertThatThrownBy(folder::answer).hasMessageContaining("before it was complete");
    }

    @Test
    void usage_laterReports_winFieldByField() {
        AnswerFolder folder = fold(
                new AnswerEvent.Started("id", "m", usage(OptionalLong.of(7), OptionalLong.of(1))),
                new AnswerEvent.UsageReported(usage(OptionalLong.empty(), OptionalLong.of(9))),
                new AnswerEvent.Finished(0, StopReason.END, Optional.empty()),
                new AnswerEvent.Completed());
        assertThat(folder.answer().usage()).isEqualTo(usage(OptionalLong.of(7), OptionalLong.of(9)));
    }

    @Test
    void uncachedInput_cacheLargerThanInput_isNeverNegative() {
        Usage usage = new Usage(
                OptionalLong.of(5), OptionalLong.of(9), OptionalLong.of(1), OptionalLong.empty(), OptionalLong.empty());
        assertThat(usage.uncachedInput()).isZero();
    }

    private static Usage usage(OptionalLong input, OptionalLong output) {
        return new Usage(input, OptionalLong.empty(), OptionalLong.empty(), output, OptionalLong.empty());
    }

    private static AnswerFolder fold(AnswerEvent... events) {
        AnswerFolder folder = new AnswerFolder();
        new ArrayList<>(List.of(events)).forEach(folder);
        return folder;
    }
}
