package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strict translation, and answers longer than the gateway holds. */
@QuarkusTest
@QuarkusTestResource(value = StrictUpstreams.class, restrictToAnnotatedClass = true)
class StrictTest {
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"shared\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    @BeforeEach
    void reset() {
        openai.reset();
        anthropic.reset();
    }

    @Test
    void fieldThatOneCandidateCannotBeTold_isServedByAnotherOfTheClientsDialect() {
        anthropic.then(Script.json(MESSAGE));
        HttpResponse<String> response = GatewayClient.post("/v1/messages", messages("shared"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(MESSAGE);
        assertThat(anthropic.take().text()).contains("\"top_k\":5");
        assertThat(openai.untaken()).isZero();
        assertThat(response.headers().firstValue("x-gateway-warnings")).isEmpty();
    }

    @Test
    void fieldThatNoCandidateCanBeTold_is400ThatNamesIt() {
        HttpResponse<String> response = GatewayClient.post("/v1/messages", messages("gpt-4o"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("invalid_request_error").contains("top_k");
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void answerLongerThanTheLimit_is502_andIsNotAskedForAgain() {
        openai.then(Script.json("{\"id\":\"" + "x".repeat(20_000) + "\",\"choices\":[]}"));
        HttpResponse<String> response = GatewayClient.post(
                "/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("larger than 16384 bytes");
        openai.take();
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void repairThatDrops_doesNotHappen_andTheRefusalStands() {
        openai.then(
                Script.status(400).body("{\"error\":{\"message\":\"Unrecognized request argument supplied: seed\"}}"));
        HttpResponse<String> response = GatewayClient.post(
                "/v1/chat/completions",
                "{\"model\":\"r-1\",\"seed\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("argument supplied: seed");
        assertThat(response.headers().firstValue("x-gateway-attempts")).contains("refusing/r-1=400");
        openai.take();
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void repairThatDropsNothing_happens() {
        openai.then(Script.status(400)
                        .body(
                                "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model."
                                        + " Use 'max_completion_tokens' instead.\"}}"))
                .then(Script.json("{\"id\":\"c1\",\"choices\":[]}"));
        HttpResponse<String> response = GatewayClient.post(
                "/v1/chat/completions",
                "{\"model\":\"r-2\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(response.statusCode()).isEqualTo(200);
        openai.take();
        assertThat(openai.take().text()).contains("\"max_completion_tokens\":5").doesNotContain("max_tokens");
    }

    private static String messages(String model) {
        return "{\"model\":\"" + model
                + "\",\"max_tokens\":9,\"top_k\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
