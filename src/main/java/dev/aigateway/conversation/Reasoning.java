package dev.aigateway.conversation;

import java.util.Optional;

/**
 * How much the model should think, and how much of that the client wants to see.
 *
 * @param wantsText whether the client wants the reasoning text or its summary; empty when it said nothing
 * @param wantsEncrypted whether the client asked for encrypted reasoning to replay (Responses)
 */
public record Reasoning(Depth depth, Optional<Boolean> wantsText, boolean wantsEncrypted) {
    public static final Reasoning UNSET = new Reasoning(new Depth.Unset(), Optional.empty(), false);

    public sealed interface Depth {
        record Unset() implements Depth {}

        record Off() implements Depth {}

        /** Anthropic adaptive thinking or Gemini's dynamic budget, optionally guided by an effort. */
        record Adaptive(Optional<Effort> effort) implements Depth {}

        record ByEffort(Effort effort) implements Depth {}

        /** @param tokens how many tokens may be spent on thinking */
        record ByBudget(int tokens) implements Depth {}
    }
}
