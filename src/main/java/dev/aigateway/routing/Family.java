package dev.aigateway.routing;

import dev.aigateway.config.ProviderType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Models whose names tell which types of provider are most likely to have them. */
enum Family {
    CLAUDE("claude", EnumSet.of(ProviderType.ANTHROPIC, ProviderType.CLAUDECODE)),
    GEMINI("gemini", EnumSet.of(ProviderType.GEMINI, ProviderType.GEMINICLI, ProviderType.ANTIGRAVITY)),
    OPENAI(
            "gpt|o[1-9]|chatgpt|codex|text-embedding|dall-e|whisper|tts",
            EnumSet.of(ProviderType.OPENAI, ProviderType.RESPONSES, ProviderType.CODEX));

    private final Pattern beginnings;
    private final Set<ProviderType> types;

    Family(String beginnings, Set<ProviderType> types) {
        this.beginnings = Pattern.compile(beginnings);
        this.types = types;
    }

    static Optional<Family> of(String model) {
        for (Family family : values()) {
            if (family.beginnings.matcher(model).lookingAt()) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    boolean includes(ProviderType type) {
        return types.contains(type);
    }
}
