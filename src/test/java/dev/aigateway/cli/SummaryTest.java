package dev.aigateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.ConfigLoader;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.Sources;
import io.quarkus.runtime.QuarkusBindException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    @TempDir
    Path directory;

    @Test
    void started_inDemoMode_saysSoWithACallToPaste() {
        assertThat(Summary.started(config(Map.of()), 9000))
                .containsExactly(
                        "ai-gateway serves http://127.0.0.1:9000 without access keys",
                        "  provider   demo (demo) demo:builtin, 0 key(s), models: demo",
                        "  DEMO: no real provider is configured, answers are canned. Try: curl http://127.0.0.1:9000/v1/chat/completions"
                                + " -H 'content-type: application/json'"
                                + " -d '{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
    }

    @Test
    void started_withKeysAndOnAllAddresses_saysSo_andPastesAnAddressThatWorks_andNoKey() {
        var demo = Summary.started(config(Map.of("AI_PROXY_HOST", "0.0.0.0", "AI_PROXY_ACCESS_KEYS", "s3cr3t")), 1);
        assertThat(demo.getFirst()).isEqualTo("ai-gateway serves http://0.0.0.0:1 (all addresses)");
        assertThat(demo.getLast())
                .contains("curl http://127.0.0.1:1/v1/chat/completions")
                .contains("-H 'authorization: Bearer YOUR-ACCESS-KEY'")
                .doesNotContain("s3cr3t");
        assertThat(Summary.started(config(Map.of("AI_PROXY_HOST", "::1")), 1).getFirst())
                .startsWith("ai-gateway serves http://[::1]:1");
    }

    @Test
    void allAddresses_areNamedAsTheyAreBound() {
        Map<String, String> open = Map.of("AI_PROXY_HOST", "0.0.0.0", "AI_PROXY_ALLOW_ANONYMOUS", "true");
        assertThat(Summary.of(ConfigLoader.load(new Sources(Map.of(), open, directory))))
                .contains("  address    http://0.0.0.0:8317 (all addresses)", "  access     open, no access keys");
        Map<String, String> six = Map.of("AI_PROXY_HOST", "::", "AI_PROXY_ACCESS_KEYS", "k");
        assertThat(Summary.started(config(six), 1))
                .startsWith("ai-gateway serves http://[::]:1 (all addresses)")
                .last()
                .asString()
                .contains("curl http://[::1]:1/");
    }

    @Test
    void started_withARealProvider_isNoDemo() {
        Map<String, String> environment =
                Map.of("AI_PROXY_PROVIDERS", "{openai: {api-keys: [s3cr3t], disabled: true}}");
        assertThat(Summary.started(config(environment), 1))
                .hasSize(2)
                .last()
                .isEqualTo("  provider   openai (openai) https://api.openai.com/v1, 1 key(s), models: any, disabled");
    }

    @Test
    void started_withCertificates_saysHttps() {
        String tls = "src/test/resources/tls/upstream-";
        Map<String, String> environment =
                Map.of("AI_PROXY_TLS_CERT", tls + "cert.pem", "AI_PROXY_TLS_KEY", tls + "key.pem");
        assertThat(Summary.started(config(environment), 1).getFirst())
                .startsWith("ai-gateway serves https://127.0.0.1:1");
    }

    @Test
    void portInUse_isOneLine() {
        assertThat(Gateway.bindFailure(new QuarkusBindException("127.0.0.1", 8317, new BindException())))
                .isEqualTo(
                        "error: cannot listen on 127.0.0.1:8317: the port is in use, or the address is not one of this"
                                + " machine; choose another with --port or --host");
    }

    private GatewayConfig config(Map<String, String> environment) {
        return ConfigLoader.load(new Sources(Map.of(), environment, directory)).config();
    }
}
