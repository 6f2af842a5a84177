package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Providers are asked on a schedule whether they are there, and requests profit from the answer. */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class HealthCheckTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String OK = "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[]}";
    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;

    @BeforeEach
    void reset() {
        left.reset();
        right.reset();
        left.otherwise(Script.status(503).body("{}"));
        right.otherwise(Script.json(OK));
        file.write("""
                admin: { keys: [ %s ] }
                health-check: { interval: 1s }
                breaker: { failures: 1 }
                providers:
                  - { name: left, type: openai, base-url: "http://127.0.0.1:%d/v1", api-keys: [ lk, lk2 ], models: [ m ] }
                  - { name: right, type: anthropic, base-url: "http://127.0.0.1:%d/v1", api-keys: [ rk ], models: [ n ] }
                  - { name: second, type: openai, base-url: "http://127.0.0.1:%d/v1", api-keys: [ sk ], models: [ m ] }
                """.formatted(OperatorClient.ADMIN_KEY, left.port(), right.port(), right.port()));
        for (String who : List.of("left", "left/keys/0", "left/keys/1")) {
            OperatorClient.post("/admin/providers/" + who + "/enable", "");
        }
    }

    @Test
    void provider_isGivenUpAndTakenBack_withoutAnyRequestOfAClient() {
        Received question = left.take();
        assertThat(question.method()).isEqualTo("GET");
        assertThat(question.uri()).isEqualTo("/v1/models");
        assertThat(question.header("authorization")).isEqualTo("Bearer lk");
        // Once more at once, and then with the next round: by then the first has been judged.
        left.take();
        left.take();
        assertThat(GatewayClient.post(CHAT, ASK).headers().firstValue("x-gateway-attempts"))
                .as("attempts of a request that needs no second one")
                .isEmpty();
        assertThat(left.untaken() == 0 || left.take().method().equals("GET")).isTrue();

        left.otherwise(Script.json(OK));
        Received next = left.take();
        while (next.method().equals("GET")) {
            GatewayClient.post(CHAT, ASK);
            next = left.take();
        }
        assertThat(next.uri()).isEqualTo(CHAT);
    }

    @Test
    void providerThatIsSwitchedOff_isNotAsked() {
        left.otherwise(Script.json(OK));
        left.take();
        OperatorClient.post("/admin/providers/left/disable", "");
        twoRounds();
        left.takeAll();
        twoRounds();
        assertThat(left.untaken()).isZero();
        OperatorClient.post("/admin/providers/left/enable", "");
        assertThat(left.take().method()).isEqualTo("GET");
    }

    @Test
    void keyThatIsSwitchedOff_isNotUsed_andTheLastOneEndsTheQuestions() {
        left.otherwise(Script.json(OK));
        left.take();
        OperatorClient.post("/admin/providers/left/keys/0/disable", "");
        twoRounds();
        left.takeAll();
        assertThat(left.take().header("authorization")).isEqualTo("Bearer lk2");
        OperatorClient.post("/admin/providers/left/keys/1/disable", "");
        twoRounds();
        left.takeAll();
        twoRounds();
        assertThat(left.untaken()).isZero();
    }

    /** Until a round has begun that had not when this was called, and all of it is over. */
    private void twoRounds() {
        right.takeAll();
        for (int i = 0; i < 2 * 2 + 1; i++) {
            right.take();
        }
    }

    @Test
    void question_isPutInTheDialectOfEachProvider() {
        Received question = right.take();
        while (question.header("x-api-key") == null) {
            question = right.take();
        }
        assertThat(question.uri()).isEqualTo("/v1/models");
        assertThat(question.header("x-api-key")).isEqualTo("rk");
    }
}
