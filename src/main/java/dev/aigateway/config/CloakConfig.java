package dev.aigateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which program requests to a provider claim to come from. Only for operators who have made sure that the provider's terms
 * allow it.
 *
 * @param mode for which clients
 * @param strict whether the program's prompt takes the place of the client's instructions instead of standing before them
 * @param sensitiveWords words that are split by an invisible character; each of at least two characters
 * @param cacheUserId whether a key has one user id as long as the gateway runs, rather than one for each attempt
 * @param headers sent beside those of the preset, or in their place
 */
public record CloakConfig(
        Preset preset,
        Mode mode,
        boolean strict,
        List<String> sensitiveWords,
        boolean cacheUserId,
        Map<String, String> headers) {
    /** Whom to look like. */
    public enum Preset {
        /** The command line interface: its headers, its prompt, its form of user ids. */
        CLAUDE_CODE,
        /** The headers of the same and no more. */
        CLAUDE_CODE_HEADERS,
        /** The headers that its development kit sends and no more. */
        CLAUDE_CODE_SDK
    }

    public enum Mode {
        /** All clients but the program itself. */
        AUTO,
        ALWAYS,
        NEVER
    }

    public CloakConfig {
        sensitiveWords = List.copyOf(sensitiveWords);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Header values are left out: they may be secret. */
    @Override
    public String toString() {
        return "CloakConfig[preset=%s, mode=%s, strict=%s, cacheUserId=%s, headers=%s]"
                .formatted(preset, mode, strict, cacheUserId, headers.keySet());
    }
}
