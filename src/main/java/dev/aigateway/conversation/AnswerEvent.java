package dev.aigateway.conversation;

import java.util.List;
import java.util.Optional;

/**
 * One step of an answer, in canonical form. Decoders of upstream dialects produce these, encoders of client dialects
 * consume them; a whole (non-streaming) answer is the same sequence folded.
 *
 * <p>Grammar: {@code Ping* Started (block events | UsageReported | Ping)* Finished+ UsageReported? Completed}, or any
 * prefix of it followed by {@code Failed}. Blocks are numbered in order of first appearance and may interleave; every started block
 * is ended before the first {@code Finished}. Nothing follows {@code Completed} or {@code Failed}.
 */
public sealed interface AnswerEvent {
    /**
     * @param id the upstream's id of the answer, empty when it gave none
     * @param model the upstream's name of the model, empty when it gave none
     */
    record Started(String id, String model, Usage usage) implements AnswerEvent {}

    /**
     * @param block the canonical block number
     * @param choice which of several candidates the block belongs to; 0 unless the client asked for more
     */
    record BlockStarted(int block, int choice, BlockKind kind) implements AnswerEvent {}

    /** More text, thinking, refusal or tool arguments for an open block. {@code text} is never empty. */
    record Delta(int block, String text) implements AnswerEvent {}

    /**
     * How likely tokens of an open text block were: those of its next {@code Delta}, or of what was said already when none
     * follows.
     */
    record Scored(int block, List<TokenLogprob> tokens) implements AnswerEvent {}

    /** A signature for an open block. */
    record Signed(int block, Signature signature) implements AnswerEvent {}

    record Cited(int block, Citation citation) implements AnswerEvent {}

    record BlockEnded(int block) implements AnswerEvent {}

    /** Counts so far; absolute, see {@link Usage#merge}. */
    record UsageReported(Usage usage) implements AnswerEvent {}

    /** @param stopSequence the sequence that was met, where the upstream says so */
    record Finished(int choice, StopReason reason, Optional<String> stopSequence) implements AnswerEvent {}

    /** The one successful end. */
    record Completed() implements AnswerEvent {}

    /** The one unsuccessful end. */
    record Failed(GatewayError error) implements AnswerEvent {}

    /** The upstream showed that it is alive. */
    record Ping() implements AnswerEvent {}
}
