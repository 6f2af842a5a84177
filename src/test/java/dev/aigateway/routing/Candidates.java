package dev.aigateway.routing;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.routing.state.KeyId;
import java.util.Optional;

/** Candidates for the tests of other packages. */
public final class Candidates {
    private Candidates() {}

    /** One without a key. */
    public static Candidate of(ProviderConfig provider, String model) {
        KeyId id = KeyId.of(provider.name(), Optional.empty());
        return new Candidate(provider, Optional.empty(), 0, id, id, model);
    }
}
