package dev.aigateway.routing;

import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.routing.state.KeyId;
import java.util.Optional;

/** A provider as one of its keys sees it, or as it is when it needs none. */
record KeyView(ProviderConfig settings, Optional<Secret> key, int index, KeyId id, KeyId switchId, Menu menu) {
    static KeyView of(KeyConfig key, Menu menu) {
        Optional<Secret> secret = Optional.of(key.secret());
        KeyId id = KeyId.of(key.settings().name(), secret);
        return new KeyView(key.settings(), secret, key.index(), id, KeyId.ofSwitch(key), menu);
    }

    static KeyView keyless(ProviderConfig provider, Menu menu) {
        KeyId id = KeyId.of(provider.name(), Optional.empty());
        return new KeyView(provider, Optional.empty(), 0, id, id, menu);
    }

    Candidate candidate(String model) {
        return new Candidate(settings, key, index, id, switchId, model);
    }
}
