package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when an attempt fails before the client has seen anything of an answer. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class FailoverTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String OK = "{\"id\":\"c1\",\"model\":\"shared\",\"choices\":[]}";
    private static final String DONE =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"fine\"},"
                    + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static final String RESPONSES_FAILED =
            "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\"}}\n\n"
                    + "data: {\"type\":\"response.in_progress\",\"response\":{\"id\":\"resp_1\"}}\n\n"
                    + "data: {\"type\":\"response.failed\",\"response\":{\"id\":\"resp_1\",\"status\":\"failed\","
                    + "\"error\":{\"code\":\"server_is_overloaded\",\"message\":\"Busy now\"}}}\n\n";

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
    @ValueSource(ints = {401, 403, 408, 425, 429, 500, 502, 503, 529})
    void firstKeyFails_secondKeyServes(int status) {
        openai.then(Script.status(status).body("{\"error\":{\"message\":\"no\"}}"))
                .then(Script.json(OK));
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("shared", false));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(OK);
        assertThat(openai.take().header("authorization"))
                .isNotEqualTo(openai.take().header("authorization"))
                .startsWith("Bearer sk-first-");
        assertThat(response.headers().firstValue("x-gateway-attempts")).isPresent();
    }

    @Test
    void connectionBreaksBeforeAnswer_nextCandidateServes() {
        openai.then(Script.hangUp()).then(Script.json(OK));
        assertThat(GatewayClient.post(CHAT, chat("shared", false)).body()).isEqualTo(OK);
    }

    @Test
    void streamFailsBeforeFirstText_nextCandidateServesAndNothingOfTheFirstIsSeen() {
        openai.then(Script.stream()
                        .send(
                                "data: {\"id\":\"bad\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n")
                        .send("data: {\"error\":{\"message\":\"overloaded\"}}\n\n")
                        .end())
                .then(Script.stream(DONE));
        assertThat(GatewayClient.post(CHAT, chat("shared", true)).body()).isEqualTo(DONE);
    }

    /** E2. */
    @Test
    void responsesStreamFailsBeforeFirstText_isAStatusOfTheClientsDialect() {
        for (int i = 0; i < 2; i++) {
            openai.then(Script.stream(RESPONSES_FAILED));
        }
        HttpResponse<String> response = GatewayClient.post("/v1/messages", messages());
        assertThat(response.statusCode()).isEqualTo(529);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(response.body())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"")
                .contains("Busy now");
    }

    /** E2. */
    @Test
    void responsesStreamFailsBeforeFirstText_isTriedAgain() {
        openai.then(Script.stream(RESPONSES_FAILED))
                .then(
                        Script.stream(
                                "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_2\"}}\n\n"
                                        + "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"fine\"}\n\n"
                                        + "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_2\",\"output\":[]}}\n\n"));
        HttpResponse<String> response = GatewayClient.post("/v1/messages", messages());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .containsOnlyOnce("event: message_start")
                .contains("\"text\":\"fine\"", "event: message_stop")
                .doesNotContain("resp_1", "error");
    }

    @Test
    void streamClosedAtOnce_nextCandidateServes() {
        openai.then(Script.stream().cut()).then(Script.stream(DONE));
        assertThat(GatewayClient.post(CHAT, chat("shared", true)).body()).isEqualTo(DONE);
    }

    @Test
    void bothKeysOfOneProviderAreLimited_providerOfAnotherDialectServes() {
        openai.then(Script.status(429).body("{}")).then(Script.status(429).body("{}"));
        sharedIsServedBySecond("first/shared=429, first/shared=429, second/claude-sonnet-4-5-20250929=ok");
    }

    @Test
    void providerFails_anotherServesBeforeItsOtherKeyIsTried() {
        openai.then(Script.status(500).body("{}"));
        sharedIsServedBySecond("first/shared=500, second/claude-sonnet-4-5-20250929=ok");
    }

    private void sharedIsServedBySecond(String attempts) {
        anthropic.then(Script.json(
                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("shared", false));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"content\":\"Hi\"").contains("\"model\":\"shared\"");
        assertThat(response.headers().firstValue("x-gateway-attempts")).contains(attempts);
    }

    @Test
    void badRequest_isTheClientsOwn_andIsNotRetried() {
        openai.then(Script.status(400)
                .body("{\"error\":{\"message\":\"bad temperature\",\"type\":\"invalid_request_error\"}}"));
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("shared", false));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("bad temperature");
        openai.take();
        assertThat(openai.untaken()).isZero();
        assertThat(anthropic.untaken()).isZero();
    }

    /** Row 93, E15: the header; {@code GeminiErrorsTest} reads the wait. */
    @Test
    void everyAttemptFails_theUpstreamsWordsReachTheClientWithRetryAfter() {
        for (int i = 0; i < 2; i++) {
            openai.then(Script.status(429)
                    .header("retry-after", "7200")
                    .body("{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}"));
        }
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("gpt-4o", false));
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("slow down").contains("rate_limit");
        assertThat(response.headers().firstValue("retry-after")).contains("7200");
        openai.take();
        assertThat(openai.untaken())
                .as("a wait beyond the deadline is left to the client")
                .isZero();
    }

    @Test
    void singleCandidateBusyOnce_isTriedAgain() {
        openai.then(Script.status(503).body("")).then(Script.json(OK));
        assertThat(GatewayClient.post(CHAT, chat("gpt-4o", false)).statusCode()).isEqualTo(200);
    }

    /** E14. */
    @Test
    void ourKeyRefused_doesNotLookLikeTheClientsKey() {
        openai.then(Script.status(401)
                .body("{\"error\":{\"message\":\"Incorrect API key provided: sk-upstream-openai\"}}"));
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("gpt-4o", false));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("upstream_auth").doesNotContain("sk-upstream");
    }

    /** T-03. */
    @Test
    void redirect_isNotFollowed() {
        openai.then(Script.status(302)
                .header("location", "http://127.0.0.1:1/steal")
                .body(""));
        assertThat(GatewayClient.post(CHAT, chat("gpt-4o", false)).statusCode()).isEqualTo(502);
    }

    private static String messages() {
        return "{\"max_tokens\":9," + chat("gpt-5-responses", true).substring(1);
    }

    private static String chat(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
