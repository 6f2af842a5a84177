package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** The built-in provider that makes the first request work offline, and the lists of what is served. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class DemoTest {
    private static final String TOOL =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":"
                    + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\"}}}}}]";

    @Test
    void chat_echoes() {
        assertThat(post("/v1/chat/completions", chat("Hello there", "")))
                .contains("\"content\":\"Demo echo: Hello there\"")
                .contains("\"finish_reason\":\"stop\"")
                .contains("\"model\":\"demo\"");
    }

    @Test
    void chatStream_echoesAndEndsOnce() {
        assertThat(post("/v1/chat/completions", chat("Hello", ",\"stream\":true")))
                .contains("\"content\":\"Hello\"")
                .endsWith("data: [DONE]\n\n")
                .containsOnlyOnce("[DONE]");
    }

    @Test
    void chatStream_ofVeryManyWords_isWholeInFewerPieces() {
        String text = "a ".repeat(50_000).trim();
        String stream = post("/v1/chat/completions", chat(text, ",\"stream\":true"));
        assertThat(stream.split("data: ")).hasSizeBetween(10_000, 10_100);
        assertThat(stream).hasSizeGreaterThan(text.length()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void chat_callsTheToolWhenAskedTo_andRepeatsItsResult() {
        assertThat(post("/v1/chat/completions", chat("Please use the tool", "," + TOOL)))
                .contains("\"finish_reason\":\"tool_calls\"")
                .contains("\"name\":\"get_weather\"")
                .contains("{\\\"city\\\":\\\"demo\\\",\\\"days\\\":1}");
        assertThat(post("/v1/chat/completions", chat("Just talk", "," + TOOL))).contains("Demo echo: Just talk");
        assertThat(post(
                        "/v1/chat/completions",
                        "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"use the tool\"},"
                                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
                                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"sunny\"}]," + TOOL + "}"))
                .contains("The tool answered: sunny");
    }

    @Test
    void messages_echoes() {
        assertThat(post("/v1/messages", messages("Hello there", "")))
                .contains("\"type\":\"message\"")
                .contains("\"text\":\"Demo echo: Hello there\"")
                .contains("\"stop_reason\":\"end_turn\"");
    }

    @Test
    void messagesStream_endsWithMessageStop() {
        assertThat(post("/v1/messages", messages("Hello", ",\"stream\":true")))
                .startsWith("event: message_start\n")
                .containsOnlyOnce("event: message_stop")
                .endsWith("data: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void equalRequests_getEqualAnswers() {
        String body = messages("Same", "");
        assertThat(post("/v1/messages", body).replaceAll("msg_[^\"]*", ""))
                .isEqualTo(post("/v1/messages", body).replaceAll("msg_[^\"]*", ""));
    }

    /** Rows 48, 49 and 50, P-02 and G-14. Who owns a model is its provider (docs/differences.md). */
    @Test
    void models_openAiForm() {
        String list = get("/v1/models", "accept", "*/*");
        assertThat(list)
                .startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":")
                .containsPattern("\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":\\d{10},\"owned_by\":\"openai\"")
                .contains("\"id\":\"mini\"")
                .contains("\"id\":\"demo\"")
                .doesNotContain("gpt-4.1-mini");
        assertThat(get("/models", "accept", "*/*")).isEqualTo(list);
    }

    @Test
    void models_anthropicForm() {
        assertThat(get("/v1/models", "anthropic-version", "2023-06-01"))
                .startsWith(
                        "{\"data\":[{\"type\":\"model\",\"id\":\"gpt-4o\",\"display_name\":\"gpt-4o\",\"created_at\":\"")
                .contains("\"has_more\":false")
                .contains("\"first_id\":\"gpt-4o\"")
                .contains("\"last_id\":\"demo\"");
    }

    @Test
    void health_listsProviders() {
        assertThat(get("/health", "accept", "*/*"))
                .contains("\"status\":\"ok\"")
                .contains("{\"name\":\"anthropic\",\"type\":\"anthropic\",\"enabled\":true,");
    }

    @Test
    void metrics_countRequestsByOutcome() {
        post("/v1/chat/completions", chat("count me", ""));
        assertThat(get("/q/metrics", "accept", "text/plain"))
                .contains("ai_gateway_requests_seconds_count{dialect=\"chat\",outcome=\"ok\",provider=\"demo\"");
    }

    @Test
    void requestId_ofTheClient_comesBack() {
        var response = GatewayClient.send(GatewayClient.request("/v1/messages")
                .header("x-request-id", "my-id-1")
                .POST(HttpRequest.BodyPublishers.ofString(messages("x", "")))
                .build());
        assertThat(response.headers().firstValue("x-request-id")).contains("my-id-1");
        assertThat(response.headers().firstValue("request-id")).contains("my-id-1");
    }

    private static String post(String path, String body) {
        return GatewayClient.post(path, body).body();
    }

    private static String get(String path, String header, String value) {
        return GatewayClient.send(
                        GatewayClient.request(path).header(header, value).GET().build())
                .body();
    }

    private static String chat(String text, String more) {
        return "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]" + more + "}";
    }

    private static String messages(String text, String more) {
        return "{\"model\":\"demo\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]"
                + more + "}";
    }
}
