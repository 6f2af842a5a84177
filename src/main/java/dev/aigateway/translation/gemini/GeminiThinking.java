package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Reasoning.Depth;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code thinkingConfig} for a wished depth of reasoning: a budget for Gemini 2.5, a level for Gemini 3 (translation
 * reference, section 9.1). Confined to one request.
 */
final class GeminiThinking {
    private static final int DYNAMIC = -1;
    private static final int MOST = 32768;
    private static final int MOST_OF_FLASH = 24576;
    private static final int LEAST_OF_PRO = 128;
    private static final int LEAST_OF_LITE = 512;

    private static final Pattern TWO_LEVELS = Pattern.compile("gemini-3-pro.*");

    private final Conversation conversation;
    private final Target target;
    private final TranslationNotes notes;
    private final String model;
    private final ObjectNode config = Json.object();

    private GeminiThinking(Conversation conversation, Target target, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.notes = notes;
        this.model = target.model().substring(target.model().lastIndexOf('/') + 1);
    }

    static Optional<ObjectNode> of(Conversation conversation, Target target, TranslationNotes notes) {
        GeminiThinking thinking = new GeminiThinking(conversation, target, notes);
        thinking.write();
        return thinking.config.isEmpty() ? Optional.empty() : Optional.of(thinking.config);
    }

    private void write() {
        Depth depth = conversation.reasoning().depth();
        switch (target.traits().thinking()) {
            case NONE -> {
                if (!(depth instanceof Depth.Unset || depth instanceof Depth.Off)) {
                    notes.dropped(Field.REASONING.in(conversation));
                }
                return;
            }
            case BUDGET -> budget(depth);
            case EFFORT, ADAPTIVE -> level(depth);
        }
        if (wantsThoughts(conversation.reasoning()) && !isZero()) {
            config.put("includeThoughts", true);
        }
    }

    private boolean isZero() {
        return config.path("thinkingBudget").asInt(DYNAMIC) == 0;
    }

    /** Chat and Messages clients show the thoughts they asked for; the others say whether they want them. */
    private boolean wantsThoughts(Reasoning reasoning) {
        boolean shows = conversation.source() == Dialect.CHAT || conversation.source() == Dialect.MESSAGES;
        boolean on = !(reasoning.depth() instanceof Depth.Unset || reasoning.depth() instanceof Depth.Off);
        return reasoning.wantsText().orElse(shows && on);
    }

    private void budget(Depth depth) {
        switch (depth) {
            case Depth.Unset ignored -> {}
            case Depth.Off ignored -> {
                int least = target.traits().thinkingCanBeOff() ? 0 : LEAST_OF_PRO;
                approximatedUnless(least == 0);
                config.put("thinkingBudget", least);
            }
            case Depth.Adaptive(var effort) when effort.isEmpty() -> config.put("thinkingBudget", DYNAMIC);
            case Depth.Adaptive(var effort) -> budget(effort.orElseThrow());
            case Depth.ByEffort(var effort) -> budget(effort);
            case Depth.ByBudget(var tokens) -> {
                int fitting = Math.clamp(tokens, least(), most());
                approximatedUnless(fitting == tokens);
                config.put("thinkingBudget", fitting);
            }
        }
    }

    private void budget(Effort effort) {
        if (effort == Effort.NONE) {
            budget(new Depth.Off());
            return;
        }
        int tokens = switch (effort) {
            case NONE, MINIMAL -> 512;
            case LOW -> 1024;
            case MEDIUM -> 8192;
            case HIGH -> 24576;
            case XHIGH, MAX -> MOST;
        };
        approximatedUnless(false);
        config.put("thinkingBudget", Math.clamp(tokens, least(), most()));
    }

    private int least() {
        if (model.contains("lite")) {
            return LEAST_OF_LITE;
        }
        return target.traits().thinkingCanBeOff() ? 1 : LEAST_OF_PRO;
    }

    private int most() {
        return model.contains("flash") ? MOST_OF_FLASH : MOST;
    }

    private void level(Depth depth) {
        switch (depth) {
            case Depth.Unset ignored -> {}
            case Depth.Off ignored -> level(Effort.NONE, false);
            case Depth.Adaptive(var effort) -> effort.ifPresent(wanted -> level(wanted, false));
            case Depth.ByEffort(var effort) -> level(effort, conversation.source() == Dialect.GEMINI);
            case Depth.ByBudget(var tokens) -> level(Effort.forBudget(tokens), false);
        }
    }

    private void level(Effort effort, boolean exact) {
        String level = switch (effort) {
            case NONE, MINIMAL -> model.contains("pro") ? "LOW" : "MINIMAL";
            case LOW -> "LOW";
            case MEDIUM -> TWO_LEVELS.matcher(model).matches() ? "HIGH" : "MEDIUM";
            case HIGH, XHIGH, MAX -> "HIGH";
        };
        approximatedUnless(exact && level.equals(effort.name()));
        config.put("thinkingLevel", level);
    }

    private void approximatedUnless(boolean exact) {
        if (!exact) {
            notes.approximated(Field.REASONING.in(conversation));
        }
    }
}
