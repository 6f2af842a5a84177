package dev.aigateway.config;

import java.util.List;

/**
 * What operators want changed in the bodies of requests to providers.
 *
 * @param rules in the order in which they are applied: first all that supply defaults, then overrides, then filters
 */
public record PayloadConfig(List<PayloadRule> rules) {
    public static final PayloadConfig DEFAULT = new PayloadConfig(List.of());

    public PayloadConfig {
        rules = List.copyOf(rules);
    }
}
