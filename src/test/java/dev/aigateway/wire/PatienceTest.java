package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signs of life while a provider is silent, and the end of patience with it. */
@QuarkusTest
@QuarkusTestResource(value = ImpatientUpstreams.class, restrictToAnnotatedClass = true)
class PatienceTest {
    private static final String BEGUN =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"begun\"}}]}\n\n";
    private static final String REST =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @BeforeEach
    void reset() {
        openai.reset();
    }

    /** E5. */
    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,': keep-alive'",
        "/v1/completions,': keep-alive'",
        "/v1/messages,'event: ping'",
        "/v1/responses,'event: keepalive'",
        "/v1beta/models/gpt-4o:streamGenerateContent?alt=sse,': keep-alive'",
        "/v1beta/models/gpt-4o:streamGenerateContent,'\r\n'"
    })
    void silentBeforeTheFirstText_clientGetsSignsOfLife_thenTheAnswer(String path, String sign) {
        CompletableFuture<Void> go = new CompletableFuture<>();
        openai.then(Script.stream().await(go).send(BEGUN).send(REST).end());
        try (var stream = GatewayClient.open(path, body(path))) {
            for (int i = 0; i < 3; i++) {
                stream.readUntil(sign);
            }
            go.complete(null);
            assertThat(stream.readUntil(end(path))).contains("begun");
        }
    }

    /** E5. */
    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,': keep-alive'",
        "/v1/completions,': keep-alive'",
        "/v1/messages,'event: ping'",
        "/v1/responses,'event: keepalive'",
        "/v1beta/models/gpt-4o:streamGenerateContent?alt=sse,': keep-alive'",
        "/v1beta/models/gpt-4o:streamGenerateContent,'\r\n'"
    })
    void silentInTheMiddle_clientGetsSignsOfLife(String path, String sign) {
        CompletableFuture<Void> go = new CompletableFuture<>();
        openai.then(Script.stream().send(BEGUN).await(go).send(REST).end());
        try (var stream = GatewayClient.open(path, body(path))) {
            stream.readUntil("begun");
            for (int i = 0; i < 3; i++) {
                stream.readUntil(sign);
            }
            go.complete(null);
            stream.readUntil(end(path));
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions,'\"code\":\"timeout\"'", "/v1/messages,'\"type\":\"timeout_error\"'"})
    void silentForTooLong_streamEndsAsATimeoutInTheClientsDialect(String path, String error) {
        openai.then(Script.stream().send(BEGUN).await(new CompletableFuture<>()));
        String answer = GatewayClient.post(path, body(true)).body();
        assertThat(answer).contains("begun", error).doesNotContain("[DONE]", "message_stop");
        openai.take().awaitClosed();
    }

    @Test
    void noAnswerAtAll_is504() {
        openai.then(Script.status(200).await(new CompletableFuture<>()))
                .then(Script.status(200).await(new CompletableFuture<>()));
        HttpResponse<String> response = GatewayClient.post("/v1/chat/completions", body(false));
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("\"code\":\"timeout\"");
    }

    /** E19: the loop of js-genai over its buffer, which takes events that begin with {@code data:} and skips others. */
    @Test
    void commentsBetweenGeminiChunks_loseNoChunkToTheSdk() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        openai.then(Script.stream()
                .await(go)
                .send(BEGUN)
                .await(goOn)
                .send(BEGUN)
                .send(REST)
                .end());
        StringBuilder text = new StringBuilder();
        String path = "/v1beta/models/gpt-4o:streamGenerateContent?alt=sse";
        try (var stream = GatewayClient.open(path, body(path))) {
            text.append(stream.readUntil(": keep-alive"));
            go.complete(null);
            text.append(stream.readUntil("begun"));
            text.append(stream.readUntil(": keep-alive"));
            goOn.complete(null);
            text.append(stream.readUntil("STOP"));
        }
        List<String> chunks = Pattern.compile("\\n\\n|\\r\\r|\\r\\n\\r\\n")
                .splitAsStream(text)
                .map(String::trim)
                .filter(event -> event.startsWith("data:"))
                .map(event -> event.substring("data:".length()).trim())
                .toList();
        assertThat(chunks).hasSize(3).allMatch(chunk -> chunk.startsWith("{\"candidates\":"));
        assertThat(chunks.subList(0, 2)).allMatch(chunk -> chunk.contains("begun"));
    }

    private static String end(String path) {
        return path.contains("/models/") ? "STOP" : path.endsWith("/responses") ? "response.completed" : "stop";
    }

    private static String body(String path) {
        if (path.contains("/models/")) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        }
        String member = path.endsWith("/responses") ? "input" : path.endsWith("/v1/completions") ? "prompt" : "";
        return member.isEmpty() ? body(true) : "{\"model\":\"gpt-4o\",\"stream\":true,\"" + member + "\":\"hi\"}";
    }

    private static String body(boolean stream) {
        return "{\"model\":\"gpt-4o\",\"max_tokens\":10,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
