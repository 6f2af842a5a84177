package dev.aigateway.routing;

import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.routing.state.KeyId;
import java.util.Optional;

/** A provider as one of its keys sees it, or as it is when it needs none. */
record KeyView(ProviderConfig settings, Optional<Secret> key, int index, KeyId id, Menu menu) {
    static KeyView of(KeyConfig key, Menu menu) {
        return of(key.settings(), Optional.of(key.secret()), key.index(), menu);
    }

    static KeyView keyless(ProviderConfig provider, Menu menu) {
        return of(provider, Optional.empty(), 0, menu);
    }

    private static KeyView of(ProviderConfig settings, Optional<Secret> key, int index, Menu menu) {
        return new KeyView(settings, key, index, KeyId.of(settings.name(), key), menu);
    }

    Candidate candidate(String model) {
        return new Candidate(settings, key, index, id, model);
    }
}
