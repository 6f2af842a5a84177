package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayConfigSourceTest {
    private static final String CERT = "src/test/resources/tls/upstream-cert.pem";
    private static final String KEY = "src/test/resources/tls/upstream-key.pem";

    @TempDir
    Path directory;

    private Loading loading;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
    }

    @Test
    void port_ofTheFile_outranksTheEnvironmentAndNotTheFlag() {
        loading.yaml("port: 9000");
        assertThat(config(Map.of("ai-proxy.config", file()), Map.of("ai-proxy.port", "tcp://1.2.3.4:80"))
                        .getValue("ai-proxy.port", String.class))
                .isEqualTo("9000");
        assertThat(config(Map.of("ai-proxy.config", file(), "ai-proxy.port", "1"), Map.of())
                        .getValue("ai-proxy.port", String.class))
                .isEqualTo("1");
    }

    @Test
    void file_thatIsBroken_isNobodysProblemHere() {
        loading.file("application.yaml", "a: [");
        assertThat(config(Map.of("ai-proxy.config", file()), Map.of()).getValue("ai-proxy.port", String.class))
                .isEqualTo("8317");
    }

    @Test
    void tls_becomesHttpsAtThePortOfHttp() {
        loading.yaml("port: 9000\ntls: { cert: %s, key: %s, client-ca: %s }\nshutdown-timeout: 5s"
                .formatted(CERT, KEY, CERT));
        SmallRyeConfig config = config(Map.of("ai-proxy.config", file()), Map.of());
        assertThat(Map.of(
                        "quarkus.http.ssl-port", "9000",
                        "quarkus.http.insecure-requests", "disabled",
                        "quarkus.http.tls-configuration-name", "gateway",
                        "quarkus.tls.gateway.key-store.pem.gateway.cert", CERT,
                        "quarkus.tls.gateway.key-store.pem.gateway.key", KEY,
                        "quarkus.tls.gateway.trust-store.pem.certs[0]", CERT,
                        "quarkus.tls.gateway.protocols", "TLSv1.3,TLSv1.2",
                        "quarkus.tls.gateway.reload-period", "PT1M",
                        "ai-proxy.shutdown-timeout", "5000ms"))
                .allSatisfy((name, value) ->
                        assertThat(config.getValue(name, String.class)).isEqualTo(value));
    }

    @Test
    void tls_thatIsBroken_doesNotBecomeHttp() {
        loading.yaml("tls: { cert: /no/such/file, key: %s }".formatted(KEY));
        assertThat(config(Map.of("ai-proxy.config", file()), Map.of())
                        .getValue("quarkus.http.insecure-requests", String.class))
                .isEqualTo("disabled");
    }

    private String file() {
        return directory.resolve("application.yaml").toString();
    }

    private static SmallRyeConfig config(Map<String, String> flags, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(flags, "flags", 400),
                        new PropertiesConfigSource(environment, "environment", 300))
                .withSources(new GatewayConfigSource())
                .build();
    }
}
