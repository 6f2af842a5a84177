package dev.aigateway.routing;

import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.routing.state.KeyId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whom to ask for what is no model's affair: always the first key that may be used, since what one key has uploaded another
 * may not find. Stateless.
 */
final class FirstKey {
    private static final String NO_MODEL = "";

    private FirstKey() {}

    /** @param isOff whether an operator has switched it off */
    static Optional<Candidate> of(ProviderConfig provider, Predicate<Candidate> isOff) {
        return enabled(provider).filter(isOff.negate()).findFirst();
    }

    private static Stream<Candidate> enabled(ProviderConfig provider) {
        if (provider.disabled()) {
            return Stream.empty();
        }
        List<KeyConfig> keys = provider.keys();
        if (keys.isEmpty()) {
            KeyId id = KeyId.of(provider.name(), Optional.empty());
            return Stream.of(new Candidate(provider, Optional.empty(), 0, id, id, NO_MODEL));
        }
        return keys.stream().filter(key -> !key.disabled()).map(FirstKey::candidate);
    }

    private static Candidate candidate(KeyConfig key) {
        Optional<Secret> secret = Optional.of(key.secret());
        KeyId id = KeyId.of(key.settings().name(), secret);
        return new Candidate(key.settings(), secret, key.index(), id, KeyId.ofSwitch(key), NO_MODEL);
    }
}
