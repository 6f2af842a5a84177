package dev.aigateway.conversation;

import java.util.Optional;
import java.util.function.Consumer;

/** Plays a whole {@link Answer} back as the events that would fold into it, for a client that asked for a stream. */
public final class AnswerReplay {
    private final Consumer<AnswerEvent> out;
    private int next;

    private AnswerReplay(Consumer<AnswerEvent> out) {
        this.out = out;
    }

    public static void replay(Answer answer, Consumer<AnswerEvent> out) {
        AnswerReplay replay = new AnswerReplay(out);
        out.accept(new AnswerEvent.Started(answer.id(), answer.model(), answer.usage()));
        for (int choice = 0; choice < answer.candidates().size(); choice++) {
            for (Block block : answer.candidates().get(choice).blocks()) {
                replay.block(choice, block);
            }
        }
        out.accept(new AnswerEvent.UsageReported(answer.usage()));
        for (int choice = 0; choice < answer.candidates().size(); choice++) {
            Answer.Candidate candidate = answer.candidates().get(choice);
            out.accept(new AnswerEvent.Finished(choice, candidate.reason(), candidate.stopSequence()));
        }
        out.accept(new AnswerEvent.Completed());
    }

    private void block(int choice, Block block) {
        switch (block) {
            case Block.Text text -> {
                int number = start(choice, new BlockKind.Text());
                if (!text.logprobs().isEmpty()) {
                    out.accept(new AnswerEvent.Scored(number, text.logprobs()));
                }
                delta(number, text.text());
                text.citations().forEach(citation -> out.accept(new AnswerEvent.Cited(number, citation)));
                end(number, text.signature());
            }
            case Block.Thinking(var text, var signature) -> {
                int number = start(choice, new BlockKind.Thinking());
                delta(number, text);
                end(number, signature);
            }
            case Block.RedactedThinking(var vendor, var data) ->
                end(start(choice, new BlockKind.RedactedThinking(vendor, data)), Optional.empty());
            case Block.Refusal(var text) -> {
                int number = start(choice, new BlockKind.Refusal());
                delta(number, text);
                end(number, Optional.empty());
            }
            case Block.ToolCall call -> {
                int number =
                        start(choice, new BlockKind.ToolCall(call.id(), call.name(), call.namespace(), call.kind()));
                delta(number, call.arguments());
                end(number, call.signature());
            }
            case Block.Opaque(var dialect, var type, var raw) ->
                end(start(choice, new BlockKind.Opaque(dialect, type, raw)), Optional.empty());
            case Block.Image ignored -> throw input(block);
            case Block.Audio ignored -> throw input(block);
            case Block.Video ignored -> throw input(block);
            case Block.Document ignored -> throw input(block);
            case Block.ToolResult ignored -> throw input(block);
        }
    }

    private int start(int choice, BlockKind kind) {
        int number = next++;
        out.accept(new AnswerEvent.BlockStarted(number, choice, kind));
        return number;
    }

    private void delta(int number, String text) {
        if (!text.isEmpty()) {
            out.accept(new AnswerEvent.Delta(number, text));
        }
    }

    private void end(int number, Optional<Signature> signature) {
        signature.ifPresent(value -> out.accept(new AnswerEvent.Signed(number, value)));
        out.accept(new AnswerEvent.BlockEnded(number));
    }

    private static IllegalStateException input(Block block) {
        return new IllegalStateException(block.getClass().getSimpleName() + " cannot be part of an answer");
    }
}
