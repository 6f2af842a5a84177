package dev.aigateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads how the process behaves, and how HTTPS is spoken with clients. */
final class ServerBinding {
    private ServerBinding() {}

    /** @param running what stays in force until a restart */
    static ServerConfig bind(Section root, Optional<ServerConfig> running) {
        ServerConfig defaults = ServerConfig.DEFAULT;
        Optional<TlsConfig> tls = tls(root);
        Duration shutdownTimeout = GatewayBinding.time(root, "shutdown-timeout", defaults.shutdownTimeout());
        return new ServerConfig(
                running.map(ServerConfig::tls).orElse(tls),
                running.map(ServerConfig::shutdownTimeout).orElse(shutdownTimeout),
                GatewayBinding.time(root, "reload-interval", defaults.reloadInterval()));
    }

    private static Optional<TlsConfig> tls(Section root) {
        Section tls = root.group("tls");
        Optional<Path> cert = tls.value("cert", PemFile::certificates);
        Optional<Path> key = tls.value("key", PemFile::privateKey);
        Optional<Path> clientCa = tls.value("client-ca", PemFile::certificates);
        TlsConfig.ClientAuthentication clientAuth = tls.value("client-auth", ServerBinding::clientAuth)
                .orElse(
                        clientCa.isPresent()
                                ? TlsConfig.ClientAuthentication.REQUIRED
                                : TlsConfig.ClientAuthentication.NONE);
        Duration period = tls.value("reload-period", ServerBinding::period).orElse(TlsConfig.DEFAULT_RELOAD_PERIOD);
        if (!root.has("tls")) {
            return Optional.empty();
        }
        if (!tls.has("cert") || !tls.has("key")) {
            tls.problem("needs cert and key, the paths of two PEM files");
        }
        if (clientAuth != TlsConfig.ClientAuthentication.NONE && !tls.has("client-ca")) {
            tls.problem("needs client-ca, the path of a PEM file, to know the clients' certificates");
        }
        if (cert.isPresent() && key.isPresent() && !PemPair.belongsTogether(cert.get(), key.get())) {
            tls.problem("has a cert and a key that do not belong together: tls.key must be the private key of the first"
                    + " certificate in tls.cert");
        }
        return cert.flatMap(
                certFile -> key.map(keyFile -> new TlsConfig(certFile, keyFile, clientCa, clientAuth, period)));
    }

    /** Reading keys costs time, more than a much shorter period would leave for anything else. */
    private static Duration period(String text) throws BadValueException {
        Duration period = Values.duration(text);
        if (period.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new BadValueException("must be at least 1s");
        }
        return period;
    }

    private static TlsConfig.ClientAuthentication clientAuth(String text) throws BadValueException {
        for (TlsConfig.ClientAuthentication known : TlsConfig.ClientAuthentication.values()) {
            if (known.label().equalsIgnoreCase(text)) {
                return known;
            }
        }
        throw new BadValueException(
                "must be one of " + String.join(", ", TlsConfig.ClientAuthentication.labels()),
                ValueForm.words(TlsConfig.ClientAuthentication.labels()));
    }
}
