package dev.aigateway.conversation;

import java.util.List;
import java.util.Optional;

/**
 * A whole answer in canonical form: what a legal sequence of {@link AnswerEvent}s folds into.
 *
 * @param id the upstream's id, empty when it gave none
 * @param model the upstream's name of the model, empty when it gave none
 * @param candidates at least one
 */
public record Answer(String id, String model, List<Candidate> candidates, Usage usage) {
    /** The candidate that dialects without alternatives show. */
    public Candidate first() {
        return candidates.getFirst();
    }

    /** Whether it says nothing but that its content was blocked. */
    public boolean isBlocked() {
        return candidates.stream().allMatch(Candidate::isBlocked);
    }

    public record Candidate(List<Block> blocks, StopReason reason, Optional<String> stopSequence) {
        public boolean callsTool() {
            return blocks.stream().anyMatch(Block.ToolCall.class::isInstance);
        }

        private boolean isBlocked() {
            return reason.isAboutContent() && blocks.stream().allMatch(Candidate::isEmpty);
        }

        private static boolean isEmpty(Block block) {
            return block instanceof Block.Text text && text.text().isEmpty();
        }
    }
}
