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
