package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that was given the file of xling proxy as it is. */
@QuarkusTest
@QuarkusTestResource(
        value = ForeignUpstreams.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "sample", value = "xling-sample/source.json"))
class ImportXlingTest {
    private static final String ANSWER =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";

    @Upstreams.Inject
    ScriptedUpstream upstream;

    @BeforeEach
    void reset() {
        upstream.reset();
    }

    @Test
    void request_isServedWithTheProvidersKey() {
        upstream.then(Script.json(ANSWER));
        assertThat(GatewayClient.post("/v1/chat/completions", body("gpt-4o")).body())
                .contains("Hello");
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo("/openai/v1/chat/completions");
        assertThat(received.header("authorization")).isIn("Bearer sk-1", "Bearer sk-2");
    }

    @Test
    void otherKey_isRefused() {
        HttpRequest request = GatewayClient.request("/v1/chat/completions")
                .setHeader("authorization", "Bearer other")
                .POST(HttpRequest.BodyPublishers.ofString(body("gpt-4o")))
                .build();
        assertThat(GatewayClient.send(request).statusCode()).isEqualTo(401);
        assertThat(upstream.untaken()).isZero();
    }

    private static String body(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
