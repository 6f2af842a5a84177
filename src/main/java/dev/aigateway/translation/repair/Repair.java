package dev.aigateway.translation.repair;

import dev.aigateway.conversation.Effort;
import dev.aigateway.translation.TranslationNotes.Fidelity;
import java.util.List;

/**
 * One change of a request after a refusal. Parameters are named by their path in the upstream's dialect, such as
 * {@code reasoning.effort}. Immutable; equal repairs do the same.
 */
public sealed interface Repair {
    /** A request is repaired at most once in the same respect, so that two refusals cannot play ball with it. */
    default String kind() {
        return switch (this) {
            case DropThinking _, BypassSignatures _ -> "signatures";
            case DropEncryptedReasoning _ -> "encrypted";
            case Remove remove -> "parameter " + remove.paths.getFirst();
            case NearestEffort effort -> "parameter " + effort.path;
            case FittingBudget budget -> "parameter " + budget.path;
            case Rename _ -> "name";
            case ThinkingMode _ -> "thinking";
            case CleanSchemas _ -> "schemas";
            case SystemAsUser _ -> "system";
        };
    }

    /** What is lost by it. */
    default Fidelity fidelity() {
        return switch (this) {
            case DropThinking _, DropEncryptedReasoning _, Remove _ -> Fidelity.DROPPED;
            case BypassSignatures _,
                    Rename _,
                    NearestEffort _,
                    FittingBudget _,
                    ThinkingMode _,
                    CleanSchemas _,
                    SystemAsUser _ -> Fidelity.APPROXIMATED;
        };
    }

    /** Whether the refusal was about the model, so that later requests should be written without it at once. */
    default boolean isLasting() {
        return switch (this) {
            case DropThinking _, BypassSignatures _, DropEncryptedReasoning _ -> false;
            case Remove remove -> remove.lasting;
            case Rename _, NearestEffort _, FittingBudget _, ThinkingMode _, CleanSchemas _, SystemAsUser _ -> true;
        };
    }

    /** The history goes without thinking; where a tool is waiting for its result, the model does not think on. */
    record DropThinking() implements Repair {}

    /** Google's literal stands in for the signatures of the history. */
    record BypassSignatures() implements Repair {}

    /** The history goes without reasoning items, which another credential has encrypted. */
    record DropEncryptedReasoning() implements Repair {}

    /** @param lasting false where the parameter was refused only beside others of this request */
    record Remove(List<String> paths, boolean lasting) implements Repair {
        public Remove {
            paths = List.copyOf(paths);
        }
    }

    record Rename(String from, String to) implements Repair {}

    /** An effort that the model does not know gives way to the nearest that it knows. */
    record NearestEffort(String path, List<Effort> accepted) implements Repair {
        public NearestEffort {
            accepted = List.copyOf(accepted);
        }
    }

    /** A budget of thinking tokens is brought into the model's range. */
    record FittingBudget(String path, int least, int most) implements Repair {}

    /** Messages: from a budget of tokens to an effort, or back. */
    record ThinkingMode(boolean adaptive) implements Repair {}

    /** Gemini: all schemas in the OpenAPI subset. */
    record CleanSchemas() implements Repair {}

    /** Instructions become the user's words. */
    record SystemAsUser() implements Repair {}
}
