package dev.aigateway.config;

import java.util.Optional;

/**
 * One key of a provider.
 *
 * @param name how operators call it; never the key
 * @param settings the provider as this key sees it: its own settings before those of the provider; holds no keys
 */
public record KeyConfig(Secret secret, Optional<String> name, ProviderConfig settings, boolean disabled) {}
