package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token counts: the provider's own where it counts, an estimate that says so elsewhere; and the lists of models. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class CountTokensTest {
    private static final String MESSAGES =
            "{\"model\":\"%s\",\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"How are you today?\"}]}";
    private static final String CONTENTS =
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"How are you today?\"}]}]}";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    @BeforeEach
    void reset() {
        openai.reset();
        anthropic.reset();
    }

    /** Row 67. */
    @Test
    void messages_ofAnAnthropicProvider_areCountedThere() {
        anthropic.then(Script.json("{\"input_tokens\":17}"));
        String body = MESSAGES.formatted("claude-sonnet-4-5");
        HttpResponse<String> response = GatewayClient.post("/v1/messages/count_tokens?beta=true", body);
        assertThat(response.body()).isEqualTo("{\"input_tokens\":17}");
        assertThat(response.headers().firstValue("x-gateway-warnings")).isEmpty();
        Received received = anthropic.take();
        assertThat(received.uri()).isEqualTo("/v1/messages/count_tokens");
        assertThat(received.text()).isEqualTo(body);
    }

    /** Row 67. */
    @Test
    void messages_ofAProviderThatCannotCount_areEstimated() {
        anthropic.then(Script.status(404).body("{\"error\":{\"message\":\"no such path\"}}"));
        assertEstimate(
                GatewayClient.post("/v1/messages/count_tokens", MESSAGES.formatted("claude-sonnet-4-5")),
                "input_tokens");
    }

    /** E20. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gemini-2.5-flash", "gpt-5-responses"})
    void messages_ofAnotherDialectsProvider_areEstimated(String model) {
        assertEstimate(GatewayClient.post("/v1/messages/count_tokens", MESSAGES.formatted(model)), "input_tokens");
        assertThat(openai.untaken()).isZero();
    }

    /** Row 67. */
    @Test
    void gemini_ofAGeminiProvider_isCountedThere() {
        openai.then(Script.json("{\"totalTokens\":5}"));
        HttpResponse<String> response = GatewayClient.post("/v1beta/models/gemini-2.5-flash:countTokens", CONTENTS);
        assertThat(response.body()).isEqualTo("{\"totalTokens\":5}");
        assertThat(openai.take().uri()).isEqualTo("/google/v1beta/models/gemini-2.5-flash:countTokens");
    }

    /** Rows 64 and 67. */
    @ParameterizedTest
    @CsvSource({"/v1beta/models/gpt-4o:countTokens", "/v1/models/gpt-4o:countTokens"})
    void gemini_ofAnotherDialectsProvider_isEstimated(String path) {
        assertEstimate(GatewayClient.post(path, CONTENTS), "totalTokens");
        assertEstimate(GatewayClient.post(path, "{\"generateContentRequest\":" + CONTENTS + "}"), "totalTokens");
    }

    @Test
    void responses_areEstimated() {
        assertEstimate(
                GatewayClient.post("/v1/responses/input_tokens", "{\"model\":\"gpt-4o\",\"input\":\"How are you?\"}"),
                "input_tokens");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages/count_tokens,nobody,404",
        "/v1/messages/count_tokens,,400",
    })
    void badRequests_areToldInTheDialect(String path, String model, int status) {
        String body = model == null ? "{\"model\":\"gpt-4o\",\"messages\":[]}" : MESSAGES.formatted(model);
        HttpResponse<String> response = GatewayClient.post(path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"type\":\"error\"");
    }

    /** Row 52. */
    @Test
    void models_areListedInGooglesForm() {
        JsonNode list = get("/v1beta/models");
        assertThat(list.path("models").findValuesAsText("name")).contains("models/gpt-4o", "models/opus");
        JsonNode one = get("/v1beta/models/opus");
        assertThat(one.path("name").asText()).isEqualTo("models/opus");
        assertThat(one.path("supportedGenerationMethods").toString()).contains("countTokens");
    }

    @Test
    void model_canBeAskedForByName() {
        assertThat(get("/v1/models/mini").path("object").asText()).isEqualTo("model");
        assertThat(GatewayClient.send(
                                GatewayClient.request("/v1/models/nobody").GET().build())
                        .statusCode())
                .isEqualTo(404);
    }

    private static JsonNode get(String path) {
        return Json.parse(GatewayClient.send(GatewayClient.request(path).GET().build())
                        .body())
                .orElseThrow();
    }

    private static void assertEstimate(HttpResponse<String> response, String field) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Json.parse(response.body()).orElseThrow().path(field).asLong())
                .isBetween(3L, 40L);
        assertThat(response.headers().firstValue("x-gateway-warnings")).hasValue("approximated:token count");
    }
}
