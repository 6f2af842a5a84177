package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counting tokens is beside the requests that are routed: it takes nobody's turn and finds out nothing. */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class CountTokensRoutingTest {
    private static final String MESSAGES = "/v1/messages";
    private static final String COUNT = "/v1/messages/count_tokens";
    private static final String ASK =
            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String OK = "{\"id\":\"m1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
            + "\"content\":[],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;

    @BeforeEach
    void reset() {
        left.reset();
        right.reset();
        left.otherwise(Script.json(OK));
        right.otherwise(Script.json(OK));
    }

    @Test
    void counts_inBetween_leaveTheTurnsOfRequestsAlone() {
        file.write("""
                routing: { strategy: round-robin }
                providers:
                  - { name: left-turns, type: anthropic, base-url: "http://127.0.0.1:%d", api-keys: [ k1 ], models: [ m ] }
                  - { name: right-turns, type: anthropic, base-url: "http://127.0.0.1:%d", api-keys: [ k2 ], models: [ m ] }
                """.formatted(left.port(), right.port()));
        for (int i = 0; i < 6; i++) {
            GatewayClient.post(COUNT, ASK);
            assertThat(GatewayClient.post(MESSAGES, ASK).statusCode()).isEqualTo(200);
        }
        assertThat(left.takeAll().stream()
                        .filter(request -> request.uri().equals(MESSAGES))
                        .count())
                .isEqualTo(3);
    }

    /** A count that hangs would keep every request away for as long as it does. */
    @Test
    void providerThatMayBeBack_isNotFoundOutByCounting() {
        file.write("""
                admin: { keys: [ %s ] }
                cooldown: { server-error: 0 }
                retry: { max-retries: 0 }
                breaker: { failures: 1, duration: 500ms, probe-interval: 1h }
                providers:
                  - { name: probed, type: anthropic, base-url: "http://127.0.0.1:%d", api-keys: [ k3 ], models: [ m ] }
                """.formatted(OperatorClient.ADMIN_KEY, left.port()));
        left.then(Script.status(500).body("{}"));
        assertThat(GatewayClient.post(MESSAGES, ASK).statusCode()).isEqualTo(500);
        left.takeAll();
        Fleet.await(() -> breaker().equals("half-open"), "the time of the breaker is over");
        assertThat(GatewayClient.post(COUNT, ASK).headers().firstValue("x-gateway-warnings"))
                .isPresent();
        assertThat(left.untaken()).isZero();
        assertThat(GatewayClient.post(MESSAGES, ASK).statusCode()).isEqualTo(200);
    }

    @Test
    void counts_goAsRequestsWould_withoutWrappersAndInTheSameCloak() {
        file.write("""
                providers:
                  - name: cloaked
                    type: anthropic
                    base-url: http://127.0.0.1:%d
                    api-keys: [ k4 ]
                    models: [ m ]
                    cloak: { preset: claude-code-headers }
                """.formatted(left.port()));
        String own = "{\"type\":\"thinking\",\"thinking\":\"own\",\"signature\":\"EqAB\"}";
        String foreign = "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"gw1.openai.eyJkIjoieCJ9\"},";
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":[%s" + own + "]}]}";
        left.otherwise(Script.json("{\"input_tokens\":17}"));
        assertThat(GatewayClient.post(COUNT, body.formatted(foreign)).body()).isEqualTo("{\"input_tokens\":17}");
        Received received = left.take();
        assertThat(received.text()).isEqualTo(body.formatted(""));
        assertThat(received.header("x-app")).isEqualTo("cli");
        assertThat(received.header("user-agent")).startsWith("claude-cli/");
    }

    private static String breaker() {
        return OperatorClient.json("/stats")
                .path("stats")
                .path("probed")
                .path("model_breakers")
                .path(0)
                .path("state")
                .asText();
    }
}
