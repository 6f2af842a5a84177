package dev.aigateway.api;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.TlsConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Asks clients for certificates as the configuration says; Quarkus itself would decide that during the build. */
@Singleton
public class ClientCertificates implements HttpServerOptionsCustomizer {
    private final CurrentConfig config;

    public ClientCertificates(CurrentConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        config.get()
                .server()
                .tls()
                .map(TlsConfig::clientAuth)
                .ifPresent(wanted -> options.setClientAuth(
                        switch (wanted) {
                            case NONE -> ClientAuth.NONE;
                            case REQUEST -> ClientAuth.REQUEST;
                            case REQUIRED -> ClientAuth.REQUIRED;
                        }));
    }
}
