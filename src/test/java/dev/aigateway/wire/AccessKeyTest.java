package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the gateway. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class AccessKeyTest {
    private static final String BODY =
            "{\"model\":\"demo\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static final String GEMINI = "/v1beta/models/demo:generateContent";
    private static final String GEMINI_BODY = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";

    @Upstreams.Inject
    ScriptedUpstream openai;

    /** Rows 80, 81, 82 and 83. */
    @ParameterizedTest
    @CsvSource({
        "authorization,Bearer client-key-1",
        "authorization,bearer client-key-2",
        "authorization,client-key-1",
        "x-api-key,client-key-1",
        "x-goog-api-key,client-key-2"
    })
    void knownKey_inAnyHeader_isAccepted(String header, String value) {
        assertThat(post("/v1/chat/completions", header, value).statusCode()).isEqualTo(200);
        assertThat(post("/v1/messages", header, value).statusCode()).isEqualTo(200);
        assertThat(post(GEMINI, GEMINI_BODY, header, value).statusCode()).isEqualTo(200);
    }

    /** Row 82. */
    @Test
    void knownKey_inTheQuery_isAccepted() {
        assertThat(post("/v1/chat/completions?key=client-key-1", "x-nothing", "x")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(GEMINI + "?key=client-key-2", GEMINI_BODY, "x-nothing", "x")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(GEMINI + "?key=wrong", GEMINI_BODY, "x-nothing", "x").statusCode())
                .isEqualTo(401);
    }

    /** Row 80. */
    @ParameterizedTest
    @CsvSource({"authorization,Bearer wrong", "x-api-key,client-key-", "x-goog-api-key,client-key-11", "x-other,x"})
    void unknownKey_is401_inTheCallersDialect(String header, String value) {
        HttpResponse<String> chat = post("/v1/chat/completions", header, value);
        assertThat(chat.statusCode()).isEqualTo(401);
        assertThat(chat.body()).startsWith("{\"error\":{").contains("invalid_api_key");
        assertThat(chat.headers().firstValue("www-authenticate")).contains("Bearer");
        HttpResponse<String> messages = post("/v1/messages", header, value);
        assertThat(messages.statusCode()).isEqualTo(401);
        assertThat(messages.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\"");
    }

    /** Rows 53, 80 and X-14. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/models", "/q/metrics", "/no/such/path"})
    void everyOtherPath_withoutKey_is401(String path) {
        assertThat(get(path).statusCode()).isEqualTo(401);
    }

    /** Row 41. */
    @ParameterizedTest
    @ValueSource(strings = {"/health", "/", "/q/health", "/q/health/live", "/q/health/ready"})
    void health_isOpen_andShowsNoSecret(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("client-key").doesNotContain("sk-");
    }

    /** Rows 85 and G-08. */
    @Test
    void clientKey_inEveryCarrier_neverReachesTheUpstream() {
        openai.reset();
        openai.then(Script.json("{\"id\":\"c1\",\"choices\":[]}"));
        GatewayClient.send(
                HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + "/v1/chat/completions?key=client-key-1"))
                        .header("authorization", "Bearer client-key-1")
                        .header("x-api-key", "client-key-1")
                        .header("x-goog-api-key", "client-key-1")
                        .header("cookie", "session=client-key-1")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY.replace("demo", "gpt-4o")))
                        .build());
        Received received = openai.take();
        assertThat(received.uri() + received.headers() + received.text()).doesNotContain("client-key");
    }

    /** E21. */
    @Test
    void messagesClient_withABearerTokenAndANewVersion_isServed_andNothingIsAdded() {
        openai.reset();
        openai.then(Script.json("{\"id\":\"c1\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"yes\"},"
                + "\"finish_reason\":\"stop\"}]}"));
        HttpResponse<String> response =
                GatewayClient.send(HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + "/v1/messages"))
                        .header("authorization", "Bearer client-key-1")
                        .header("anthropic-version", "2026-10-21")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY.replace("demo", "gpt-4o")))
                        .build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"text\":\"yes\"");
        assertThat(openai.take().text())
                .isEqualTo("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                        + "\"max_tokens\":5}");
    }

    private static HttpResponse<String> post(String path, String header, String value) {
        return post(path, BODY, header, value);
    }

    private static HttpResponse<String> post(String path, String body, String header, String value) {
        return GatewayClient.send(HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + path))
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> get(String path) {
        return GatewayClient.send(HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + path))
                .GET()
                .build());
    }
}
