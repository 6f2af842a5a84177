package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that was given the file of llm-api-proxy as it is, but for its addresses (behaviour reference). Row 19. */
@QuarkusTest
@QuarkusTestResource(
        value = ForeignUpstreams.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "sample", value = "llm-api-proxy-sample/source.toml"))
class ImportLlmApiProxyTest {
    private static final String BODY = "{ \"model\": \"any\",\n \"messages\": [], \"own\": 1.0 }";

    @Upstreams.Inject
    ScriptedUpstream upstream;

    @Upstreams.Inject
    TestProxy proxy;

    @ParameterizedTest
    @CsvSource({
        "/anthropic_dev/v1/messages, x-api-key, your-key, /anthropic/v1/messages",
        "/anthropic_prod/v1/messages, x-api-key, your-key, /anthropic/v1/messages",
        "/openai_dev/v1/chat/completions, authorization, Bearer your-key, /openai/v1/chat/completions",
        "/openai_prod/v1/chat/completions, authorization, Bearer your-key, /openai/v1/chat/completions"
    })
    void endpoint_goesThroughItsProxy_asItIs(String path, String header, String key, String target) {
        upstream.then(Script.json("{\"an\" : \"answer\"}"));
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request(path)
                .setHeader(header, key)
                .POST(BodyPublishers.ofString(BODY))
                .build());
        assertThat(response.body()).isEqualTo("{\"an\" : \"answer\"}");
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo(target);
        assertThat(received.text()).isEqualTo(BODY);
        assertThat(received.header(header)).isEqualTo(key);
        assertThat(proxy.take()).containsExactly("POST http://127.0.0.1:" + upstream.port() + target);
    }
}
