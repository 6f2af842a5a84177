package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that was given the file of xling proxy as it is (behaviour reference). Row 16. */
@QuarkusTest
@QuarkusTestResource(
        value = ForeignUpstreams.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "sample", value = "xling-sample/source.json"))
class ImportXlingTest {
    @Upstreams.Inject
    ScriptedUpstream upstream;

    @BeforeEach
    void reset() {
        upstream.reset();
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o, gpt-4o", "gpt-4, gpt-4o", "'', gpt-4o", "gpt-4.1-mini, gpt-4.1-mini"})
    void model_isServedWithTheProvidersKey_alsoByItsOtherName(String asked, String sent) {
        upstream.then(Script.json(Answers.CHAT));
        assertThat(GatewayClient.post("/v1/chat/completions", body(asked)).body())
                .contains("Hello");
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo("/openai/v1/chat/completions");
        assertThat(received.header("authorization")).isIn("Bearer sk-1", "Bearer sk-2");
        assertThat(received.text()).contains("\"" + sent + "\"");
    }

    /** At another address than Anthropic's own, as here, that provider too is asked in OpenAI's chat dialect. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/claude/v1/messages"})
    void messagesClient_isServedByTheSecondProvider(String path) {
        upstream.then(Script.json(Answers.CHAT));
        assertThat(GatewayClient.post(path, body("claude-3.5-sonnet")).body())
                .contains("\"type\":\"message\"", "Hello");
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo("/anthropic/v1/chat/completions");
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-ant-xxx");
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
        String named = model.isEmpty() ? "" : "\"model\":\"" + model + "\",";
        return "{" + named + "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
