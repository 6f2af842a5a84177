package dev.aigateway.api;

import java.util.Set;

/** Whom a path is for. What is not named is for those who may use models. */
enum Area {
    OPEN,
    OPERATORS,
    METRICS,
    MODELS;

    private static final Set<String> OPEN_PATHS = Set.of("/", "/health", "/healthz", "/q/health");
    private static final Set<String> OPERATORS_FIRST = Set.of("admin", "stats", "unavailable-models", "reset-model");

    /** @param path as routing will see it, so that no spelling opens what another one closes */
    static Area of(String path) {
        if (OPEN_PATHS.contains(path) || path.startsWith("/q/health/")) {
            return OPEN;
        }
        String first = firstSegment(path);
        if (OPERATORS_FIRST.contains(first)) {
            return OPERATORS;
        }
        boolean metrics = path.equals("/metrics") || path.equals("/q/metrics") || path.startsWith("/q/metrics/");
        return metrics ? METRICS : MODELS;
    }

    /** Without parameters after a semicolon, which the router may take away. */
    private static String firstSegment(String path) {
        int begin = 0;
        while (begin < path.length() && path.charAt(begin) == '/') {
            begin++;
        }
        int end = begin;
        while (end < path.length() && path.charAt(end) != '/' && path.charAt(end) != ';') {
            end++;
        }
        return path.substring(begin, end);
    }
}
