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
    String kind();

    /** What is lost by it. */
    Fidelity fidelity();

    /** Whether the refusal was about the model, so that later requests should be written without it at once. */
    boolean isLasting();

    /** The history goes without thinking; where a tool is waiting for its result, the model does not think on. */
    record DropThinking() implements Repair {
        @Override
        public String kind() {
            return "signatures";
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.DROPPED;
        }

        @Override
        public boolean isLasting() {
            return false;
        }
    }

    /** Google's literal stands in for the signatures of the history. */
    record BypassSignatures() implements Repair {
        @Override
        public String kind() {
            return "signatures";
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.APPROXIMATED;
        }

        @Override
        public boolean isLasting() {
            return false;
        }
    }

    /** The history goes without reasoning items, which another credential has encrypted. */
    record DropEncryptedReasoning() implements Repair {
        @Override
        public String kind() {
            return "encrypted";
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.DROPPED;
        }

        @Override
        public boolean isLasting() {
            return false;
        }
    }

    /** @param isLasting false where the parameter was refused only beside others of this request */
    record Remove(List<String> paths, boolean isLasting) implements Repair {
        public Remove {
            paths = List.copyOf(paths);
        }

        @Override
        public String kind() {
            return "parameter " + paths.getFirst();
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.DROPPED;
        }
    }

    record Rename(String from, String to) implements Repair {
        @Override
        public String kind() {
            return "name";
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.APPROXIMATED;
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }

    /** An effort that the model does not know gives way to the nearest that it knows. */
    record NearestEffort(String path, List<Effort> accepted) implements Repair {
        public NearestEffort {
            accepted = List.copyOf(accepted);
        }

        @Override
        public String kind() {
            return "parameter " + path;
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.APPROXIMATED;
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }

    /** A budget of thinking tokens is brought into the model's range. */
    record FittingBudget(String path, int least, int most) implements Repair {
        @Override
        public String kind() {
            return "parameter " + path;
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.APPROXIMATED;
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }

    /** Messages: from a budget of tokens to an effort, or back. */
    record ThinkingMode(boolean adaptive) implements Repair {
        @Override
        public String kind() {
            return "thinking";
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.APPROXIMATED;
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }

    /** Gemini: all schemas in the OpenAPI subset. */
    record CleanSchemas() implements Repair {
        @Override
        public String kind() {
            return "schemas";
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.APPROXIMATED;
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }

    /** Instructions become the user's words. */
    record SystemAsUser() implements Repair {
        @Override
        public String kind() {
            return "system";
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.APPROXIMATED;
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }
}
