package dev.aigateway.translation.repair;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Effort;
import java.util.List;
import java.util.Optional;

/** Asks a Claude model to think in the way it knows: by itself, or within a budget (translation reference, section 9.1). */
final class ThinkingModes {
    private static final int LEAST_BUDGET = 1024;
    private static final int USUAL_BUDGET = 8192;

    private ThinkingModes() {}

    static boolean toAdaptive(ObjectNode body) {
        if (!(body.path("thinking") instanceof ObjectNode thinking) || !isOf(thinking, "enabled")) {
            return false;
        }
        int budget = thinking.path("budget_tokens").asInt(USUAL_BUDGET);
        thinking.remove("budget_tokens");
        thinking.put("type", "adaptive");
        if (!thinking.has("display")) {
            // Thinking by budget is shown unless told otherwise, adaptive thinking is not.
            thinking.put("display", "summarized");
        }
        Effort effort = Effort.forBudget(budget);
        ObjectNode output =
                body.path("output_config") instanceof ObjectNode given ? given : body.putObject("output_config");
        if (!output.has("effort")) {
            output.put("effort", effort.compareTo(Effort.LOW) < 0 ? Effort.LOW.wireName() : effort.wireName());
        }
        return true;
    }

    /** Without room for the least budget in the answer, the model does not think. */
    static boolean toBudget(ObjectNode body) {
        if (!(body.path("thinking") instanceof ObjectNode thinking) || !isOf(thinking, "adaptive")) {
            return false;
        }
        int wanted = Effort.of(body.path("output_config").path("effort").asText())
                .map(ThinkingModes::budget)
                .orElse(USUAL_BUDGET);
        Parameters.remove(List.of(ThinkingComplaints.MESSAGES_EFFORT), body);
        Optional<Integer> fitting = Optional.of(
                        Math.min(wanted, body.path("max_tokens").asInt() - 1))
                .filter(budget -> budget >= LEAST_BUDGET);
        if (fitting.isEmpty()) {
            body.remove("thinking");
        } else {
            thinking.put("type", "enabled").put("budget_tokens", fitting.get());
        }
        return true;
    }

    private static int budget(Effort effort) {
        return switch (effort) {
            case NONE, MINIMAL, LOW -> LEAST_BUDGET;
            case MEDIUM -> USUAL_BUDGET;
            case HIGH -> 24576;
            case XHIGH -> 32768;
            case MAX -> 64000;
        };
    }

    private static boolean isOf(ObjectNode thinking, String type) {
        return thinking.path("type").asText().equals(type);
    }
}
