package dev.aigateway.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One key of a provider.
 *
 * @param name how operators call it; never the key
 * @param settings the provider as this key sees it: its own settings before those of the provider; holds no keys
 * @param index its place in the list of the configuration, from 0; those that are left out keep theirs
 * @param file where it was read from; what this holds may change, and it is the same key all the same
 */
public record KeyConfig(
        Secret secret,
        Optional<String> name,
        ProviderConfig settings,
        boolean disabled,
        int index,
        Optional<Path> file) {}
