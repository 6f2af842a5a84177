package dev.aigateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How the process itself behaves. Only the interval changes while it runs.
 *
 * @param tls how HTTPS is spoken with clients; empty means HTTP
 * @param shutdownTimeout how long running requests may go on when the process is asked to end
 * @param reloadInterval how often the configuration's files are looked at; zero means never
 */
public record ServerConfig(Optional<TlsConfig> tls, Duration shutdownTimeout, Duration reloadInterval) {
    public static final ServerConfig DEFAULT =
            new ServerConfig(Optional.empty(), Duration.ofSeconds(30), Duration.ofMillis(500));
}
