package dev.aigateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Variables that other gateways read, as settings of ours. {@code RUST_LOG} outranks our own variable, as it always did;
 * {@code PORT} and {@code CONFIG_PATH}, which others may have set for another program, stand behind ours (behaviour
 * reference, D-06).
 */
final class ForeignVariables {
    private static final String LABEL = "environment variable";
    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");
    private static final String TARGET = "ai_proxy";

    private final Map<String, String> environment;

    ForeignVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    Environment beforeOurs() {
        String level = level(environment.getOrDefault("RUST_LOG", "")).orElse("");
        return new Environment(LABEL, Map.of()).alias("AI_PROXY_LOG_LEVEL", "RUST_LOG", level);
    }

    Environment afterOurs() {
        return new Environment(LABEL, Map.of())
                .alias("AI_PROXY_PORT", "PORT", environment.getOrDefault("PORT", ""))
                .alias("AI_PROXY_CONFIG", "CONFIG_PATH", environment.getOrDefault("CONFIG_PATH", ""));
    }

    /** Of a filter such as {@code info,ai_proxy=debug} the level for this program; the last one that is about it counts. */
    static Optional<String> level(String filter) {
        return Arrays.stream(filter.toLowerCase(Locale.ROOT).split(","))
                .map(String::trim)
                .filter(directive -> !directive.contains("=") || directive.startsWith(TARGET))
                .map(directive -> directive.substring(directive.indexOf('=') + 1))
                .filter(LEVELS::contains)
                .reduce((first, last) -> last);
    }
}
