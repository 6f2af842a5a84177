package dev.aigateway.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The flags that were given, as configuration properties. */
record Flags(
        @Nullable String port,
        @Nullable String host,
        @Nullable List<String> accessKeys,
        @Nullable String config,
        @Nullable Boolean logger,
        @Nullable String logLevel) {

    Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        put("ai-proxy.port", port, properties);
        put("ai-proxy.host", host, properties);
        put("ai-proxy.config", config, properties);
        put("ai-proxy.log.requests", logger == null ? null : logger.toString(), properties);
        put("ai-proxy.log.level", logLevel, properties);
        put("ai-proxy.access-keys", accessKeys == null ? null : list(accessKeys), properties);
        return properties;
    }

    private static void put(String name, @Nullable String value, Map<String, String> properties) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    /** Quoted, because a key may hold a comma. */
    private static String list(List<String> keys) {
        return keys.stream()
                .map(key -> '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }
}
