package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered of a request: its tokens, and the notes of the candidate that served it. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class AccountingTest {
    private static final int MANY_SCRAPES = 500;
    private static final String CHAT_ANSWER =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":70001,\"completion_tokens\":50003,\"total_tokens\":120004}}";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":60000,\"cache_read_input_tokens\":10001,\"output_tokens\":50003}}";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    @BeforeEach
    void reset() {
        openai.reset();
        anthropic.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, gpt-4o, openai",
        "/v1/messages, gpt-4o, openai",
        "/v1/messages, claude-sonnet-4-5, anthropic",
        "/v1/chat/completions, claude-sonnet-4-5, anthropic"
    })
    void wholeAnswer_itsTokensAreCounted(String path, String model, String provider) {
        long input = tokens("input", provider);
        long output = tokens("output", provider);
        openai.then(Script.json(CHAT_ANSWER));
        anthropic.then(Script.json(MESSAGE));
        assertThat(GatewayClient.post(path, body(model, "")).statusCode()).isEqualTo(200);
        assertThat(awaitChange("input", provider, input)).isEqualTo(input + 70_001);
        assertThat(awaitChange("output", provider, output)).isEqualTo(output + 50_003);
    }

    /** Over HTTP/2 the stream is closed as soon as the answer is written; that is nobody's leaving. */
    @Test
    void wholeAnswers_overHttp2_areServedAndNotLeft() {
        long ok = requests("ok");
        long cancelled = requests("cancelled");
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(client.sendAsync(
                        GatewayClient.request("/v1/chat/completions")
                                .POST(HttpRequest.BodyPublishers.ofString(body("demo", "")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            assertThat(answers.stream().map(CompletableFuture::join))
                    .allMatch(answer -> answer.statusCode() == 200)
                    .anyMatch(answer -> answer.version() == HttpClient.Version.HTTP_2);
        }
        for (int i = 0; i < MANY_SCRAPES && requests("ok") + requests("cancelled") < ok + cancelled + 200; i++) {
            Thread.onSpinWait();
        }
        assertThat(requests("cancelled")).isEqualTo(cancelled);
        assertThat(requests("ok")).isEqualTo(ok + 200);
    }

    private static long requests(String outcome) {
        return GatewayClient.send(GatewayClient.request("/q/metrics").GET().build())
                .body()
                .lines()
                .filter(line -> line.startsWith("ai_gateway_requests_seconds_count{")
                        && line.contains("outcome=\"" + outcome + "\"")
                        && line.contains("provider=\"demo\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void notesOfAFailedCandidate_areNotShown() {
        openai.then(Script.status(500).body("{}")).then(Script.status(500).body("{}"));
        anthropic.then(Script.json(MESSAGE));
        HttpResponse<String> response = GatewayClient.post("/v1/messages", body("shared", "\"top_k\":5,"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-gateway-attempts")).isPresent();
        assertThat(response.headers().firstValue("x-gateway-warnings")).isEmpty();
    }

    @Test
    void notesOfTheCandidateThatServed_areShown() {
        openai.then(Script.json(CHAT_ANSWER));
        HttpResponse<String> response = GatewayClient.post("/v1/messages", body("shared", "\"top_k\":5,"));
        assertThat(response.headers().firstValue("x-gateway-warnings"))
                .hasValueSatisfying(warnings -> assertThat(warnings).contains("dropped:top_k"));
    }

    /** The count is taken just after the answer has left. */
    private static long awaitChange(String direction, String provider, long before) {
        long now = before;
        for (int i = 0; i < MANY_SCRAPES && now == before; i++) {
            now = tokens(direction, provider);
        }
        return now;
    }

    private static long tokens(String direction, String provider) {
        String metrics = GatewayClient.send(
                        GatewayClient.request("/q/metrics").GET().build())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("ai_gateway_tokens_total{")
                        && line.contains("direction=\"" + direction + "\"")
                        && line.contains("provider=\"" + provider + "\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String body(String model, String more) {
        return "{\"model\":\"" + model + "\"," + more
                + "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
