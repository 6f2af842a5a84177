package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
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

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions,': keep-alive'", "/v1/messages,'event: ping'"})
    void silentBeforeTheFirstText_clientGetsSignsOfLife_thenTheAnswer(String path, String sign) {
        CompletableFuture<Void> go = new CompletableFuture<>();
        openai.then(Script.stream().await(go).send(BEGUN).send(REST).end());
        try (var stream = GatewayClient.open(path, body(true))) {
            for (int i = 0; i < 3; i++) {
                stream.readUntil(sign);
            }
            go.complete(null);
            assertThat(stream.readUntil("stop")).contains("begun");
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions,': keep-alive'", "/v1/messages,'event: ping'"})
    void silentInTheMiddle_clientGetsSignsOfLife(String path, String sign) {
        CompletableFuture<Void> go = new CompletableFuture<>();
        openai.then(Script.stream().send(BEGUN).await(go).send(REST).end());
        try (var stream = GatewayClient.open(path, body(true))) {
            stream.readUntil("begun");
            for (int i = 0; i < 3; i++) {
                stream.readUntil(sign);
            }
            go.complete(null);
            stream.readUntil("stop");
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

    private static String body(boolean stream) {
        return "{\"model\":\"gpt-4o\",\"max_tokens\":10,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
