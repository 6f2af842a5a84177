package dev.aigateway.config;

import java.util.Optional;

/**
 * A model that a provider serves.
 *
 * @param id what the provider calls it
 * @param alias what clients call it, when that is not the id
 */
public record ModelConfig(String id, Optional<String> alias) {
    public static ModelConfig of(String id) {
        return new ModelConfig(id, Optional.empty());
    }

    /** The name that clients use. */
    public String name() {
        return alias.orElse(id);
    }
}
