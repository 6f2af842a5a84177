package dev.aigateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A configuration that can be used.
 *
 * @param warnings what is probably not meant as it stands
 * @param file the file that was read, if there was one
 */
public record LoadedConfig(GatewayConfig config, List<ConfigProblem> warnings, Optional<Path> file) {
    public LoadedConfig {
        warnings = List.copyOf(warnings);
    }
}
