package dev.aigateway.config;

import java.util.List;

/**
 * Which web pages may use the gateway from a browser.
 *
 * @param origins such as {@code https://chat.example.com}; {@code *} stands for all; empty means none
 */
public record CorsConfig(List<String> origins) {
    public static final CorsConfig DEFAULT = new CorsConfig(List.of());
    public static final String ANY = "*";

    public CorsConfig {
        origins = List.copyOf(origins);
    }

    public boolean isOn() {
        return !origins.isEmpty();
    }

    public boolean isAny() {
        return origins.contains(ANY);
    }

    public boolean grants(String origin) {
        return isAny() || origins.contains(origin);
    }
}
