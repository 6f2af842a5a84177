package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers that want to be spoken to in another way than their type suggests. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class WireApiTest {
    private static final String CHUNKS = """
            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"He"},"finish_reason":null}]}

            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"llo"},"finish_reason":"stop"}]}

            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}

            data: [DONE]

            """;

    @Upstreams.Inject
    ScriptedUpstream openai;

    @BeforeEach
    void reset() {
        openai.reset();
    }

    /** G-07. */
    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,chat.completion",
        "/v1/messages,\"type\":\"message\"",
        "/v1/responses,\"object\":\"response\"",
        "/v1/completions,text_completion",
        "/v1beta/models/streams-only:generateContent,candidates"
    })
    void mustStream_wholeAnswer_isFoldedFromTheStream(String path, String form) {
        openai.then(Script.stream(CHUNKS));
        HttpResponse<String> response = GatewayClient.post(path, body(path));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).contains("Hello", form).doesNotContain("data:");
        assertThat(openai.take().text()).contains("\"stream\":true", "include_usage");
    }

    @Test
    void mustStream_cutStream_isAnError() {
        openai.then(Script.stream()
                        .send(CHUNKS.substring(0, CHUNKS.indexOf("\n\n") + 2))
                        .cut())
                .then(Script.stream()
                        .send(CHUNKS.substring(0, CHUNKS.indexOf("\n\n") + 2))
                        .cut());
        assertThat(GatewayClient.post("/v1/chat/completions", body("/v1/chat/completions"))
                        .statusCode())
                .isEqualTo(502);
    }

    @Test
    void wireApiResponses_chatClient_isServedOverResponses() {
        openai.then(
                Script.json(
                        "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"m\",\"output\":[{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[]}]}]}"));
        HttpResponse<String> response = GatewayClient.post(
                "/v1/chat/completions", body("/v1/chat/completions").replace("streams-only", "wired"));
        assertThat(response.body()).contains("chat.completion", "Hello");
        Received received = openai.take();
        assertThat(received.uri()).isEqualTo("/v1/responses");
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-wired");
    }

    @Test
    void passthroughModel_responsesRequest_goesUntouched() {
        openai.then(Script.json("{\"id\":\"resp_1\",\"object\":\"response\",\"output\":[],\"x\":1.0}"));
        String body = "{\"x_own\": 1.50, \"model\":\"passing-1\",\"input\":\"hi\",\"previous_response_id\":\"resp_0\"}";
        HttpResponse<String> response = GatewayClient.post("/v1/responses", body);
        assertThat(response.body()).isEqualTo("{\"id\":\"resp_1\",\"object\":\"response\",\"output\":[],\"x\":1.0}");
        Received received = openai.take();
        assertThat(received.uri()).isEqualTo("/v1/responses");
        assertThat(received.text()).isEqualTo(body);
    }

    /** E10. */
    @Test
    void geminiStream_withoutAlt_isAJsonArrayAlsoAfterAnError() {
        openai.then(Script.stream()
                .send(CHUNKS.substring(0, CHUNKS.indexOf("\n\n") + 2))
                .cut());
        String path = "/v1beta/models/gpt-4o:streamGenerateContent";
        HttpResponse<String> response = GatewayClient.post(path, body(path));
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        var array = dev.aigateway.translation.Json.parse(response.body()).orElseThrow();
        assertThat(array.isArray()).isTrue();
        assertThat(array.get(0).path("candidates").isArray()).isTrue();
        assertThat(array.get(array.size() - 1).path("error").path("status").asText())
                .isNotEmpty();
    }

    private static String body(String path) {
        if (path.contains(":")) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        }
        String content = path.endsWith("/responses")
                ? "\"input\":\"hi\""
                : path.endsWith("/v1/completions")
                        ? "\"prompt\":\"hi\""
                        : "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        return "{\"model\":\"streams-only\"," + content + "}";
    }
}
