package dev.aigateway.routing;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.routing.state.KeyId;
import java.util.Optional;

/**
 * One way to serve a request.
 *
 * @param provider as this key sees it: with the key's own settings before those of the provider
 * @param key the credential; empty for a provider that needs none
 * @param keyIndex the key's place in the configuration, which is all that logs and metrics may know of it
 * @param id the key's identity, whatever its place
 * @param switchId by what operators' switches know it, and whoever continues what it keeps
 * @param model the upstream's id of the model
 */
public record Candidate(
        ProviderConfig provider, Optional<Secret> key, int keyIndex, KeyId id, KeyId switchId, String model) {
    Candidate withKey(Secret callers) {
        KeyId its = KeyId.ofCaller(provider.name(), callers);
        return new Candidate(provider, Optional.of(callers), 0, its, its, model);
    }

    /** How logs and metrics name this candidate; holds no secret. */
    public String label() {
        return provider.name() + "/" + model;
    }
}
