package dev.aigateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * HTTPS for clients, in the place of HTTP.
 *
 * @param cert a PEM file with the certificate and the chain that it needs
 * @param key a PEM file with the private key of that certificate
 * @param clientCa a PEM file with the authorities of client certificates
 * @param clientAuth whether clients show a certificate
 * @param reloadPeriod how often the files are read again, so that renewed certificates are used
 */
public record TlsConfig(
        Path cert, Path key, Optional<Path> clientCa, ClientAuthentication clientAuth, Duration reloadPeriod) {
    public static final Duration DEFAULT_RELOAD_PERIOD = Duration.ofMinutes(1);

    /** Whether a client must say who it is by a certificate. */
    public enum ClientAuthentication {
        NONE,
        /** It is asked, and may stay unknown; a certificate of another authority is refused. */
        REQUEST,
        REQUIRED;

        static List<String> labels() {
            return Stream.of(values()).map(ClientAuthentication::label).toList();
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
