package dev.aigateway.routing;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import java.util.Optional;

/**
 * One way to serve a request.
 *
 * @param key the credential; empty for a provider that needs none
 * @param keyIndex the key's place in the configuration, which is all that logs and metrics may know of it
 * @param model the upstream's id of the model
 */
public record Candidate(ProviderConfig provider, Optional<Secret> key, int keyIndex, String model) {
    /** How logs and metrics name this candidate; holds no secret. */
    public String label() {
        return provider.name() + "/" + model;
    }
}
