package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that was given the file of proxx as it is, but for its address (behaviour reference). Rows 20 and 86. */
@QuarkusTest
@QuarkusTestResource(
        value = ForeignUpstreams.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "sample", value = "proxx-sample/source.yaml"))
class ImportProxxTest {
    private static final String BODY =
            "{\"model\":\"glm-4.7\",\"temperature\":0.1,\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";

    @Upstreams.Inject
    ScriptedUpstream upstream;

    @BeforeEach
    void reset() {
        upstream.reset();
    }

    @Test
    void chat_reachesTheUpstreamInItsDialect_withTheCallersKey() {
        upstream.then(Script.json(Answers.MESSAGE));
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request("/v1/chat/completions")
                .setHeader("authorization", "Bearer zzz")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build());
        assertThat(response.body()).contains("\"object\":\"chat.completion\"", "Hello");
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo("/z/api/anthropic/v1/messages");
        assertThat(received.header("x-api-key")).isEqualTo("zzz");
        assertThat(received.headers().contains("authorization")).isFalse();
        var sent = Json.parse(received.text()).orElseThrow();
        assertThat(sent.path("model").asText()).isEqualTo("glm-4.7");
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(32_000);
        assertThat(sent.path("temperature").asText()).isEqualTo("0.1");
    }

    @Test
    void withoutAKey_isRefused_andNobodyIsAsked() {
        HttpRequest keyless = HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        assertThat(GatewayClient.send(keyless).statusCode()).isEqualTo(401);
        assertThat(upstream.untaken()).isZero();
    }

    @Test
    void models_canBeListed() {
        HttpResponse<String> models =
                GatewayClient.send(GatewayClient.request("/v1/models").GET().build());
        assertThat(models.statusCode()).isEqualTo(200);
        assertThat(models.body()).startsWith("{\"object\":\"list\"");
    }
}
