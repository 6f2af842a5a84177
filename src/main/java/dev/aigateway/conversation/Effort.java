package dev.aigateway.conversation;

import java.util.Locale;
import java.util.Optional;

/** The canonical scale of reasoning effort, weakest first; Anthropic and OpenAI use its lower-case names. */
public enum Effort {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Effort> of(String wireName) {
        for (Effort effort : values()) {
            if (effort.wireName().equals(wireName)) {
                return Optional.of(effort);
            }
        }
        return Optional.empty();
    }

    /** The nearest effort for a budget of thinking tokens (translation reference, section 9.1). */
    public static Effort forBudget(int tokens) {
        if (tokens <= 512) {
            return MINIMAL;
        }
        if (tokens <= 1024) {
            return LOW;
        }
        if (tokens <= 8192) {
            return MEDIUM;
        }
        return tokens <= 24576 ? HIGH : XHIGH;
    }
}
