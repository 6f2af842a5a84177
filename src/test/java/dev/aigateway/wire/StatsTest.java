package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted, and that it is true (behaviour reference, rows 44 and 45; ). */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class StatsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String OK = "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}";
    private static final String EMBED = "{\"model\":\"e\",\"input\":\"hi\"}";
    private static final int MANY = 500;

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;

    @BeforeEach
    void reset() {
        left.reset();
        right.reset();
        file.write("""
                admin: { keys: [ %s ] }
                retry: { max-retries: 0 }
                routing: { keys: fill-first }
                providers:
                  - name: main
                    type: openai
                    base-url: http://127.0.0.1:%d/v1
                    api-keys: [ { key: k1, name: blue }, k2 ]
                    models: [ m ]
                  - name: spare
                    type: openai
                    base-url: http://127.0.0.1:%d/v1
                    api-keys: [ k3 ]
                    models: [ m ]
                  - { name: embeds, type: openai, base-url: "http://127.0.0.1:%d/v1", api-keys: [ k5 ], models: [ e ],
                      serves: [ embeddings ] }
                  - { name: claude, type: anthropic, base-url: "http://127.0.0.1:%d", api-keys: [ k4 ], models: [ c ] }
                """.formatted(OperatorClient.ADMIN_KEY, left.port(), right.port(), right.port(), right.port()));
        OperatorClient.post("/admin/cooldowns/clear", "");
    }

    /** Rows 44 and X-26; that no key is shown is for {@code CanaryTest}. */
    @Test
    void stats_countRequestsAttemptsAndErrors_ofProvidersAndKeys() {
        JsonNode before = main();
        left.then(Script.json(OK))
                .then(Script.status(429).body("{}"))
                .then(Script.json(OK))
                .then(Script.status(400).body("{}"));
        for (int i = 0; i < 3; i++) {
            GatewayClient.post(CHAT, ask());
        }
        JsonNode after = main();
        assertThat(grown(before, after, "requests")).isEqualTo(3);
        assertThat(grown(before, after, "attempts")).isEqualTo(4);
        assertThat(grown(before, after, "served")).isEqualTo(2);
        assertThat(grown(before, after, "errors")).isEqualTo(1);
        assertThat(grown(before, after, "refused")).isEqualTo(1);
        assertThat(grown(before, after, "fail_overs")).isEqualTo(1);
        assertThat(after.path("errors_by_cause").path("rate-limit").asInt()).isPositive();
        assertThat(after.path("cooldowns_by_cause").path("rate-limit").asInt()).isPositive();
        assertThat(after.path("healthy").asBoolean()).isTrue();
        assertThat(after.path("breaker").path("state").asText()).isEqualTo("closed");
        assertThat(after.path("running").asInt(-1)).isZero();
        assertThat(after.path("duration_ms").path("count").asInt()).isPositive();
        assertThat(after.path("time_to_first_byte_ms").has("p99")).isTrue();
        JsonNode key = after.path("keys").path(0);
        assertThat(key.path("name").asText()).isEqualTo("blue");
        JsonNode cooldown = key.path("cooldowns").path(0);
        assertThat(cooldown.path("model").asText()).isEqualTo("m");
        assertThat(cooldown.path("cause").asText()).isEqualTo("rate-limit");
        assertThat(cooldown.path("seconds_left").asInt()).isBetween(1, 60);
        assertThat(after.path("keys").path(1).path("cooldowns")).isEmpty();
    }

    /** Rows 44 and X-26. */
    @Test
    void stats_ofARefusedKey_tellWhichOne() {
        left.then(Script.status(401).body("{}")).then(Script.json(OK));
        assertThat(GatewayClient.post(CHAT, ask()).statusCode()).isEqualTo(200);
        JsonNode main = main();
        assertThat(main.path("healthy").asBoolean()).isTrue();
        assertThat(main.path("keys").path(0).path("healthy").asBoolean(true)).isFalse();
        assertThat(main.path("keys").path(1).path("healthy").asBoolean()).isTrue();
    }

    /** What the provider has seen is what is counted. */
    @Test
    void stats_ofARequestThatWasPutRight_countBothCalls() {
        JsonNode before = main();
        left.then(Script.status(400)
                        .body("{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this"
                                + " model. Use 'max_completion_tokens' instead.\"}}"))
                .then(Script.json(OK));
        assertThat(GatewayClient.post(CHAT, Fleet.request("m")).statusCode()).isEqualTo(200);
        JsonNode after = main();
        assertThat(grown(before, after, "requests")).isEqualTo(1);
        assertThat(grown(before, after, "attempts")).isEqualTo(2);
        assertThat(grown(before, after, "refused")).isEqualTo(1);
        assertThat(grown(before, after, "served")).isEqualTo(1);
    }

    /** Its head is no answer yet. */
    @Test
    void stats_ofAForwardedBodyThatBreaksOff_countAnError() {
        JsonNode before = stats("embeds");
        CompletableFuture<Void> seen = new CompletableFuture<>();
        right.then(Script.stream().send("half").await(seen).cut());
        try (var stream = GatewayClient.open("/v1/embeddings", EMBED)) {
            stream.readUntil("half");
            seen.complete(null);
            assertThat(catchThrowable(() -> stream.response().body().readAllBytes()))
                    .isInstanceOf(IOException.class);
        }
        JsonNode after = atRest("embeds");
        assertThat(grown(before, after, "requests")).isEqualTo(1);
        assertThat(grown(before, after, "served")).isZero();
        assertThat(grown(before, after, "errors")).isEqualTo(1);
    }

    @Test
    void stats_ofAForwardedBodyWhoseClientLeaves_countNeitherSuccessNorError() {
        JsonNode before = stats("embeds");
        right.then(Script.stream().send("half").await(new CompletableFuture<>()));
        try (var stream = GatewayClient.open("/v1/embeddings", EMBED)) {
            stream.readUntil("half");
        }
        right.take().awaitClosed();
        JsonNode after = atRest("embeds");
        assertThat(grown(before, after, "requests")).isEqualTo(1);
        assertThat(grown(before, after, "served")).isZero();
        assertThat(grown(before, after, "errors")).isZero();
    }

    @Test
    void stats_afterServerErrors_showTheOpenBreaker() {
        right.otherwise(Script.json(OK));
        left.otherwise(Script.status(500).body("{}"));
        for (int i = 0; i < 3; i++) {
            OperatorClient.post("/admin/cooldowns/clear?provider=main&key=0", "");
            GatewayClient.post(CHAT, ask());
        }
        JsonNode main = main();
        assertThat(main.path("model_breakers").path(0).path("state").asText()).isEqualTo("open");
        assertThat(main.path("model_breakers").path(0).path("model").asText()).isEqualTo("m");
        assertThat(main.path("model_breakers").path(0).path("until").asText()).contains("T");
        assertThat(main.path("healthy").asBoolean(true)).isFalse();
        assertThat(main.path("breaker_openings").asInt()).isPositive();
    }

    /** Rows 45 and R-22. */
    @Test
    void metrics_countClientsRequestsAndTokens_notAttempts() {
        JsonNode before = OperatorClient.json("/admin/metrics");
        left.then(Script.status(429).body("{}")).then(Script.json(OK));
        GatewayClient.post(CHAT, ask());
        JsonNode after =
                await("/admin/metrics", node -> node.path("total_requests").asDouble(), before);
        assertThat(grown(before, after, "total_requests")).isEqualTo(1);
        assertThat(grown(before, after, "total_attempts")).isEqualTo(2);
        assertThat(grown(before, after, "total_errors")).isZero();
        assertThat(grown(before, after, "total_input_tokens")).isEqualTo(11);
        assertThat(grown(before, after, "total_output_tokens")).isEqualTo(7);
        assertThat(after.path("latency_ms").properties().stream().map(bucket -> bucket.getKey()))
                .containsExactly("<100", "100-499", "500-999", "1000-4999", "5000-29999", ">=30000");
        assertThat(after.path("by_model").path("m").asInt()).isPositive();
        assertThat(after.path("by_provider").path("main").asInt()).isPositive();
        assertThat(OperatorClient.json("/metrics").path("total_input_tokens").asLong())
                .isEqualTo(after.path("total_input_tokens").asLong());
    }

    /** U7. */
    @Test
    void tokensOfAStream_areCounted_thoughTheClientDidNotAskForThem() {
        JsonNode before = OperatorClient.json("/admin/metrics");
        right.then(Script.stream("""
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"c","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":4}}

                event: message_stop
                data: {"type":"message_stop"}

                """));
        String body = GatewayClient.post(
                        CHAT, "{\"model\":\"c\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                .body();
        assertThat(body).endsWith("data: [DONE]\n\n").doesNotContain("usage");
        JsonNode after =
                await("/admin/metrics", node -> node.path("total_requests").asDouble(), before);
        assertThat(grown(before, after, "total_input_tokens")).isEqualTo(9);
        assertThat(grown(before, after, "total_output_tokens")).isEqualTo(4);
    }

    private static String scraped() {
        return OperatorClient.send("GET", "/metrics", "", "x-api-key", OperatorClient.ADMIN_KEY, "accept", "text/plain")
                .body();
    }

    @Test
    void prometheus_isToldOfAttemptsCooldownsAndTimes() {
        left.then(Script.status(429).body("{}")).then(Script.json(OK));
        GatewayClient.post(CHAT, ask());
        // Meters that are read together see the same, for a tenth of a second.
        Pattern spared = Pattern.compile("ai_gateway_key_spared_seconds\\{key=\"0\",provider=\"main\"[^}]*} [1-9]");
        Fleet.await(() -> spared.matcher(scraped()).find(), "the cooldown is shown");
        String scraped = scraped();
        assertThat(scraped)
                .containsPattern("ai_gateway_attempts_total\\{outcome=\"ok\",provider=\"main\"[^}]*} [1-9]")
                .containsPattern("ai_gateway_attempts_total\\{outcome=\"rate-limit\",provider=\"main\"[^}]*} [1-9]")
                .containsPattern("ai_gateway_cooldowns_total\\{cause=\"rate-limit\",provider=\"main\"[^}]*} [1-9]")
                .containsPattern("ai_gateway_failovers_total\\{provider=\"main\"[^}]*} [1-9]")
                .containsPattern("ai_gateway_retries_total\\{provider=\"main\"[^}]*} \\d")
                .containsPattern("ai_gateway_breaker_openings_total\\{provider=\"main\"[^}]*} \\d")
                .containsPattern("ai_gateway_healthy\\{provider=\"main\"[^}]*} 1")
                .containsPattern("ai_gateway_breakers_open\\{provider=\"main\"[^}]*} 0")
                .containsPattern("ai_gateway_key_attempts_total\\{key=\"0\",provider=\"main\"[^}]*} [1-9]")
                .containsPattern("ai_gateway_key_errors_total\\{key=\"0\",provider=\"main\"[^}]*} [1-9]")
                .containsPattern("ai_gateway_key_spared_seconds\\{key=\"1\",provider=\"main\"[^}]*} 0")
                .containsPattern("ai_gateway_running\\{provider=\"main\"[^}]*} 0")
                .containsPattern("ai_gateway_waiting\\{provider=\"main\"[^}]*} 0")
                .containsPattern("ai_gateway_first_byte_seconds_count\\{provider=\"main\"[^}]*} [1-9]")
                .containsPattern("ai_gateway_answers_quantile_seconds\\{provider=\"main\",quantile=\"0.99\"[^}]*} \\d");
    }

    @Test
    void queryOfAnotherModel_addsNoLabel() {
        GatewayClient.post(CHAT, ask().replace("\"m\"", "\"made-up-name\""));
        assertThat(OperatorClient.get("/q/metrics").body()).doesNotContain("made-up-name");
        assertThat(OperatorClient.get("/admin/metrics").body()).doesNotContain("made-up-name");
    }

    private static JsonNode main() {
        return stats("main");
    }

    private static JsonNode stats(String provider) {
        return OperatorClient.json("/stats").path("stats").path(provider);
    }

    private static JsonNode atRest(String provider) {
        Fleet.await(() -> stats(provider).path("running").asInt(-1) == 0, "the end of all attempts");
        return stats(provider);
    }

    private static long grown(JsonNode before, JsonNode after, String field) {
        return after.path(field).asLong() - before.path(field).asLong();
    }

    /** The count is taken just after the answer has left. */
    private static JsonNode await(String path, ToDoubleFunction<JsonNode> count, JsonNode before) {
        JsonNode now = OperatorClient.json(path);
        for (int i = 0; i < MANY && count.applyAsDouble(now) == count.applyAsDouble(before); i++) {
            now = OperatorClient.json(path);
        }
        return now;
    }

    private static String ask() {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
