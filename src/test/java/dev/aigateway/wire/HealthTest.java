package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Health tells the truth, to everybody (behaviour reference, rows 41 to 43, 54 and 55). */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class HealthTest {
    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;

    @BeforeEach
    void reset() {
        left.reset();
        right.reset();
        file.write("""
                access-keys: [ client-key-1 ]
                admin: { keys: [ %s ] }
                retry: { max-retries: 0 }
                providers:
                  - { name: a, type: openai, base-url: "http://127.0.0.1:%d/v1", api-keys: [ k ], models: [ m ] }
                  - { name: b, type: openai, base-url: "http://127.0.0.1:%d/v1", api-keys: [ k ], models: [ n ] }
                """.formatted(OperatorClient.ADMIN_KEY, left.port(), right.port()));
        OperatorClient.post("/admin/cooldowns/clear", "");
        OperatorClient.post("/admin/providers/a/enable", "");
        OperatorClient.post("/admin/providers/b/enable", "");
    }

    /** Rows 41, 42 and 43. */
    @ParameterizedTest
    @ValueSource(strings = {"/health", "/healthz", "/"})
    void health_isOpen_andTellsWhatIsServed(String path) {
        HttpResponse<String> response = OperatorClient.send("GET", path, "");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode health = OperatorClient.json(response);
        assertThat(health.path("status").asText()).isEqualTo("ok");
        assertThat(health.path("version").asText()).isNotEmpty();
        assertThat(health.path("loadBalance").asText()).isEqualTo("failover");
        assertThat(health.path("providers").toString())
                .isEqualTo("[{\"name\":\"a\",\"type\":\"openai\",\"enabled\":true,\"healthy\":true},"
                        + "{\"name\":\"b\",\"type\":\"openai\",\"enabled\":true,\"healthy\":true}]");
        assertThat(OperatorClient.send("HEAD", path, "").statusCode()).isEqualTo(200);
    }

    @Test
    void readiness_isDown_onlyWhenNobodyCanBeAsked() {
        left.then(Script.status(401).body("{}"));
        ask("m");
        assertThat(OperatorClient.json(OperatorClient.send("GET", "/health", ""))
                        .path("providers")
                        .path(0)
                        .path("healthy")
                        .asBoolean(true))
                .isFalse();
        assertThat(OperatorClient.send("GET", "/q/health/ready", "").statusCode())
                .isEqualTo(200);
        OperatorClient.post("/admin/providers/b/disable", "");
        HttpResponse<String> down = OperatorClient.send("GET", "/q/health/ready", "");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).contains("left alone after failures").contains("switched off");
        assertThat(OperatorClient.send("GET", "/q/health/live", "").statusCode())
                .isEqualTo(200);
        OperatorClient.post("/admin/cooldowns/clear", "");
        assertThat(OperatorClient.send("GET", "/q/health/ready", "").statusCode())
                .isEqualTo(200);
    }

    /** Row 55. */
    @ParameterizedTest
    @CsvSource({"GET,/v1/chat/completions,POST", "POST,/v1/models,GET", "PUT,/health,GET", "DELETE,/v1/messages,POST"})
    void wrongMethod_is405_withAllow(String method, String path, String allow) {
        HttpResponse<String> response = OperatorClient.send(method, path, "", "x-api-key", "client-key-1");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow").orElse("")).startsWith(allow);
        assertThat(response.body()).startsWith("{").contains("not allowed");
    }

    /** Row 54. */
    @Test
    void unknownPath_is404Json() {
        HttpResponse<String> response = OperatorClient.send("GET", "/no/such/path", "", "x-api-key", "client-key-1");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith("{\"error\":{");
    }

    private static void ask(String model) {
        OperatorClient.send(
                "POST",
                "/v1/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "x-api-key",
                "client-key-1");
    }
}
