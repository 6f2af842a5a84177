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

/** Spellings of a path: those that clients use are served, and none of them gets past the access check. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class PathTest {
    private static final String BODY =
            "{\"model\":\"demo\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String GEMINI_BODY = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions",
                "/q/health/../../v1/chat/completions",
                "/q/health/%2e%2e/%2e%2e/v1/chat/completions",
                "/q/health/%2E%2e/.%2e/v1/chat/completions",
                "/q/health/./../.././v1/chat/completions",
                "/q/health//../../../v1/chat/completions",
                "/q/health/..;/..;/v1/chat/completions",
                "/q/health/..%2f..%2fv1/chat/completions",
                "/health/../v1/chat/completions",
                "/health/%2e%2e/v1/chat/completions",
                "/openai/q/health/../../../v1/chat/completions",
                "/q/healthXYZ",
                "/healthXYZ"
            })
    void withoutKey_noSpelling_isServed(String target) {
        assertThat(status(RawClient.exchange("POST", target, "", BODY))).isIn(401, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/healthXYZ", "/q/health/../metrics", "/q/health/%2e%2e/metrics", "/health/../v1/models"})
    void withoutKey_nothingIsRead(String target) {
        assertThat(status(RawClient.exchange("GET", target, "", ""))).isEqualTo(401);
    }

    @Test
    void sameRequest_withKey_isServed() {
        String answer = RawClient.exchange("POST", "/v1/chat/completions", "x-api-key: client-key-1\r\n", BODY);
        assertThat(status(answer)).isEqualTo(200);
    }

    /** Rows 68, 69 and 70. */
    @ParameterizedTest
    @CsvSource({
        "/openai/v1/chat/completions,chat.completion",
        "/v1/v1/chat/completions,chat.completion",
        "/chat/completions,chat.completion",
        "/openai/chat/completions,chat.completion",
        "/claude/v1/messages,stop_reason",
        "/claude/messages,stop_reason"
    })
    void spellingThatClientsUse_isServed(String path, String sign) {
        HttpResponse<String> response = GatewayClient.post(path, BODY);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(sign);
    }

    @Test
    void prefixedPath_withKeyInTheQuery_isAuthenticated() {
        assertThat(keyless("/openai/v1/chat/completions?key=client-key-1", BODY).statusCode())
                .isEqualTo(200);
        assertThat(keyless("/openai/v1/chat/completions?key=wrong", BODY).statusCode())
                .isEqualTo(401);
    }

    @Test
    void prefixedMessagesPath_withoutKey_isRefusedInItsDialect() {
        assertThat(keyless("/claude/v1/messages", BODY).body())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1beta", "/openai/v1beta", "/v1beta/v1beta"})
    void geminiStream_keepsItsQuery_whateverThePrefix(String prefix) {
        String path = prefix + "/models/demo:streamGenerateContent";
        assertThat(GatewayClient.post(path + "?alt=sse", GEMINI_BODY).body()).startsWith("data: {");
        assertThat(GatewayClient.post(path, GEMINI_BODY).body()).startsWith("[{");
        assertThat(keyless(path + "?alt=sse&key=client-key-1", GEMINI_BODY).body())
                .startsWith("data: {");
    }

    private static HttpResponse<String> keyless(String path, String body) {
        return GatewayClient.send(HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }
}
