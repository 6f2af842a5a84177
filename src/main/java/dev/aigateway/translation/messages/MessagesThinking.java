package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.Reasoning.Depth;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.ModelTraits.Thinking;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is asked to think, and the answer limit that leaves room for it (translation reference, section 9.1).
 * Immutable.
 *
 * @param mode the {@code thinking.type}; empty to say nothing
 * @param budget tokens for models that take a number
 * @param effort for models that decide themselves
 * @param display whether the thinking is to be shown, where that must be said
 */
record MessagesThinking(
        Optional<String> mode, OptionalInt budget, Optional<String> effort, Optional<String> display, int maxTokens) {
    private static final int LEAST_BUDGET = 1024;
    private static final int USUAL_BUDGET = 8192;

    static MessagesThinking of(
            Conversation conversation,
            Target target,
            boolean toolForced,
            boolean historyMissesThinking,
            TranslationNotes notes) {
        int limit = limit(conversation, target, notes);
        Depth depth = conversation.reasoning().depth();
        boolean off = depth instanceof Depth.Unset || depth instanceof Depth.Off;
        boolean budgetModel = target.traits().thinking() != Thinking.ADAPTIVE;
        if (!off && (toolForced || (historyMissesThinking && budgetModel) || isUnable(target))) {
            notes.dropped(Field.REASONING.in(conversation));
            return silent(limit);
        }
        if (!off && !(depth instanceof Depth.ByBudget && budgetModel)) {
            notes.approximated(Field.REASONING.in(conversation));
        }
        if (depth instanceof Depth.Unset) {
            return silent(limit);
        }
        if (depth instanceof Depth.Off) {
            return off(target, limit);
        }
        return budgetModel
                ? byBudget(
                        budget(depth), limit, target, conversation.reasoning().wantsText())
                : adaptive(conversation, depth, limit);
    }

    boolean isOn() {
        return mode.isPresent() && !mode.get().equals("disabled");
    }

    void write(ObjectNode body) {
        mode.ifPresent(type -> {
            ObjectNode thinking = body.putObject("thinking").put("type", type);
            budget.ifPresent(tokens -> thinking.put("budget_tokens", tokens));
            display.ifPresent(value -> thinking.put("display", value));
        });
        effort.ifPresent(value -> body.withObject("output_config").put("effort", value));
    }

    private static boolean isUnable(Target target) {
        return target.traits().thinking() == Thinking.NONE;
    }

    private static int limit(Conversation conversation, Target target, TranslationNotes notes) {
        int ceiling = target.traits().maxOutputTokens();
        OptionalInt wanted = conversation.sampling().maxOutputTokens();
        if (wanted.isEmpty()) {
            return Math.min(target.defaultMaxTokens().orElse(ceiling), ceiling);
        }
        if (wanted.getAsInt() > ceiling) {
            notes.approximated(Field.MAX_TOKENS.in(conversation));
        }
        return Math.min(wanted.getAsInt(), ceiling);
    }

    private static MessagesThinking silent(int limit) {
        return new MessagesThinking(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), limit);
    }

    /** A model that cannot think has nothing to switch off. */
    private static MessagesThinking off(Target target, int limit) {
        if (isUnable(target)) {
            return silent(limit);
        }
        boolean can = target.traits().thinkingCanBeOff();
        return new MessagesThinking(
                can ? Optional.of("disabled") : Optional.empty(),
                OptionalInt.empty(),
                can ? Optional.empty() : Optional.of("low"),
                Optional.empty(),
                limit);
    }

    private static MessagesThinking byBudget(int wanted, int limit, Target target, Optional<Boolean> wantsText) {
        int ceiling = target.traits().maxOutputTokens();
        int budget = Math.max(LEAST_BUDGET, Math.min(wanted, ceiling - LEAST_BUDGET));
        int room = budget < limit ? limit : Math.min(ceiling, budget + limit);
        Optional<String> display = wantsText.filter(show -> !show).map(MessagesThinking::display);
        return new MessagesThinking(Optional.of("enabled"), OptionalInt.of(budget), Optional.empty(), display, room);
    }

    private static String display(boolean show) {
        return show ? "summarized" : "omitted";
    }

    private static int budget(Depth depth) {
        return switch (depth) {
            case Depth.ByBudget(var tokens) -> tokens;
            case Depth.ByEffort(var effort) -> budget(effort);
            case Depth.Adaptive(var effort) ->
                effort.map(MessagesThinking::budget).orElse(USUAL_BUDGET);
            case Depth.Unset ignored -> 0;
            case Depth.Off ignored -> 0;
        };
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

    private static MessagesThinking adaptive(Conversation conversation, Depth depth, int limit) {
        boolean show = conversation.reasoning().wantsText().orElse(true);
        return new MessagesThinking(
                Optional.of("adaptive"), OptionalInt.empty(), effort(depth), Optional.of(display(show)), limit);
    }

    private static Optional<String> effort(Depth depth) {
        Optional<Effort> effort = switch (depth) {
            case Depth.ByEffort(var given) -> Optional.of(given);
            case Depth.ByBudget(var tokens) -> Optional.of(Effort.forBudget(tokens));
            case Depth.Adaptive(var given) -> given;
            case Depth.Unset ignored -> Optional.empty();
            case Depth.Off ignored -> Optional.empty();
        };
        return effort.map(value -> value.compareTo(Effort.LOW) < 0 ? Effort.LOW.wireName() : value.wireName());
    }
}
