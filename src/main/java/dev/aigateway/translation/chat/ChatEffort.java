package dev.aigateway.translation.chat;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.ModelTraits;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code reasoning_effort} for a wished depth of reasoning (translation reference, section 9.1). Stateless. */
public final class ChatEffort {
    /** Families that can be told not to reason at all. */
    private static final Pattern KNOWS_NONE = Pattern.compile("gpt-5\\.[1-9].*|gpt-[6-9].*");

    private static final Pattern KNOWS_MINIMAL = Pattern.compile("gpt-[5-9].*");
    private static final Pattern KNOWS_XHIGH = Pattern.compile("gpt-5\\.[2-9].*|gpt-[6-9].*|.*-codex-max.*");

    private ChatEffort() {}

    public static Optional<String> of(Conversation conversation, Target target, TranslationNotes notes) {
        Optional<Effort> wanted = wanted(conversation.reasoning().depth());
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        String field = Field.REASONING.in(conversation);
        if (target.traits().thinking() == ModelTraits.Thinking.NONE) {
            if (wanted.get() != Effort.NONE) {
                notes.dropped(field);
            }
            return Optional.empty();
        }
        Optional<Effort> effort = supported(wanted.get(), target.model());
        boolean exact = conversation.reasoning().depth() instanceof Reasoning.Depth.ByEffort && effort.equals(wanted);
        if (!exact) {
            notes.approximated(field);
        }
        return effort.map(Effort::wireName);
    }

    private static Optional<Effort> wanted(Reasoning.Depth depth) {
        return switch (depth) {
            case Reasoning.Depth.Unset ignored -> Optional.empty();
            case Reasoning.Depth.Off ignored -> Optional.of(Effort.NONE);
            case Reasoning.Depth.Adaptive(var effort) -> effort;
            case Reasoning.Depth.ByEffort(var effort) -> Optional.of(effort);
            case Reasoning.Depth.ByBudget(var tokens) -> Optional.of(Effort.forBudget(tokens));
        };
    }

    /** The nearest effort that the model takes; empty where it is better not to ask. */
    private static Optional<Effort> supported(Effort effort, String model) {
        String id = model.substring(model.lastIndexOf('/') + 1);
        boolean openai = id.matches("(o[1-9]|gpt-).*");
        return switch (effort) {
            case NONE ->
                KNOWS_NONE.matcher(id).matches()
                        ? Optional.of(Effort.NONE)
                        : supported(Effort.MINIMAL, model).filter(lowest -> openai);
            case MINIMAL -> Optional.of(KNOWS_MINIMAL.matcher(id).matches() ? Effort.MINIMAL : Effort.LOW);
            case XHIGH, MAX -> Optional.of(KNOWS_XHIGH.matcher(id).matches() ? Effort.XHIGH : Effort.HIGH);
            case LOW, MEDIUM, HIGH -> Optional.of(effort);
        };
    }
}
