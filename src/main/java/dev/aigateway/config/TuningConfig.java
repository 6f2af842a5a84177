package dev.aigateway.config;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How requests to a provider are changed.
 *
 * @param temperature takes the place of the client's
 * @param defaultMaxTokens the answer limit where the provider needs one and the client gave none; empty means that of the
 *     whole gateway
 * @param quirks ways in which it differs from the plain form of its dialect, beyond what its host tells
 * @param cloak empty to say who we are
 */
public record TuningConfig(
        Optional<BigDecimal> temperature,
        OptionalInt defaultMaxTokens,
        Set<QuirkName> quirks,
        Optional<CloakConfig> cloak) {
    public static final TuningConfig DEFAULT =
            new TuningConfig(Optional.empty(), OptionalInt.empty(), Set.of(), Optional.empty());

    public TuningConfig {
        quirks = Set.copyOf(quirks);
    }
}
