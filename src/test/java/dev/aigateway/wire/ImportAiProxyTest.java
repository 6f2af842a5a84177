package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that was given the file of ai-proxy as it is, but for its addresses (behaviour reference). Row 17. */
@QuarkusTest
@QuarkusTestResource(
        value = ForeignUpstreams.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "sample", value = "ai-proxy-sample/source.yaml"))
class ImportAiProxyTest {
    @Upstreams.Inject
    ScriptedUpstream upstream;

    @BeforeEach
    void reset() {
        upstream.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void alias_reachesTheProviderByTheDatedId(String path) {
        upstream.then(Script.json(Answers.MESSAGE));
        assertThat(GatewayClient.post(path, body("claude-sonnet-4-5")).body()).contains("Hello");
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo("/claude/v1/messages");
        assertThat(received.header("x-api-key")).isEqualTo("sk-ant-...");
        assertThat(received.text()).contains("\"claude-sonnet-4-5-20250929\"");
    }

    @Test
    void prefix_choosesTheProvider_andStaysHere() {
        upstream.then(Script.json(Answers.CHAT));
        assertThat(GatewayClient.post("/v1/chat/completions", body("deepseek/deepseek-chat"))
                        .body())
                .contains("Hello");
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo("/deepseek/v1/chat/completions");
        assertThat(received.header("authorization")).isEqualTo("Bearer ...");
        assertThat(received.text()).contains("\"model\":\"deepseek-chat\"");
    }

    private static String body(String model) {
        return "{\"model\":\"" + model
                + "\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    }
}
