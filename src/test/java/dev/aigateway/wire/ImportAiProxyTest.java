package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** A gateway that was given the file of ai-proxy as it is, but for its addresses. */
@QuarkusTest
@QuarkusTestResource(
        value = ForeignUpstreams.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "sample", value = "ai-proxy-sample/source.yaml"))
class ImportAiProxyTest {
    @Upstreams.Inject
    ScriptedUpstream upstream;

    @Test
    void alias_reachesTheProviderByTheDatedId() {
        upstream.then(
                Script.json(
                        "{\"id\":\"m1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));
        String body =
                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        assertThat(GatewayClient.post("/v1/chat/completions", body).body()).contains("Hello");
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo("/anthropic/v1/messages");
        assertThat(received.header("x-api-key")).isEqualTo("sk-ant-...");
        assertThat(received.text()).contains("\"claude-sonnet-4-5-20250929\"");
    }
}
