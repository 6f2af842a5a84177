package dev.aigateway.config;

import java.time.Duration;

/**
 * For how long a key is spared for a model after a failure; zero spares it not at all.
 *
 * @param rateLimit after 429, when the provider does not say how long
 * @param serverError after 5xx, when the provider does not say how long
 * @param network when no answer came
 * @param refused after 401, 402 and 403, for all models of the key
 * @param notFound after 404: this provider does not know the model
 * @param longest the most that a provider's own wish is honoured
 */
public record CooldownConfig(
        Duration rateLimit,
        Duration serverError,
        Duration network,
        Duration refused,
        Duration notFound,
        Duration longest) {
    public static final CooldownConfig DEFAULT = new CooldownConfig(
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofMinutes(30),
            Duration.ZERO,
            Duration.ofHours(1));
}
