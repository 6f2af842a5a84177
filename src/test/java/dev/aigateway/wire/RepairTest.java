package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A request that a provider refuses in recognised words is asked once more in another form. What is learned stays in the
 * gateway, so each test has a model of its own.
 */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class RepairTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String OK =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";
    private static final String TEXT =
            "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"fine\"},\"finish_reason\":null}]}\n\n";
    private static final String DONE =
            "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"fine\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String MAX_TOKENS =
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";

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
    void refusedParameter_isRemovedAndLearned() {
        openai.then(refusal("Unsupported value: 'temperature' does not support 0.7 with this model."))
                .then(Script.json(OK));
        String body = chat("r-1", "\"temperature\":0.70,\"x_own\":1.50,");
        HttpResponse<String> response = GatewayClient.post(CHAT, body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(OK);
        assertThat(warnings(response)).isEqualTo("dropped:temperature");
        assertThat(attempts(response)).isEqualTo("refusing/r-1=400, refusing/r-1=ok");
        assertThat(openai.take().text()).isEqualTo(body);
        assertThat(openai.take().text()).isEqualTo(chat("r-1", "\"x_own\":1.50,"));

        openai.then(Script.json(OK));
        HttpResponse<String> later = GatewayClient.post(CHAT, body);
        assertThat(later.statusCode()).isEqualTo(200);
        assertThat(warnings(later)).isEqualTo("dropped:temperature");
        assertThat(attempts(later)).isEmpty();
        assertThat(openai.take().text()).isEqualTo(chat("r-1", "\"x_own\":1.50,"));

        openai.then(Script.json(OK));
        String unconcerned = chat("r-1", " \"a\" : 1,");
        assertThat(GatewayClient.post(CHAT, unconcerned).headers().firstValue("x-gateway-warnings"))
                .isEmpty();
        assertThat(openai.take().text()).isEqualTo(unconcerned);
    }

    @Test
    void streamedRequest_isRepairedAndLearned() {
        openai.then(refusal(MAX_TOKENS)).then(Script.stream(DONE));
        String body = chat("r-2", "\"stream\":true,\"max_tokens\":5,");
        HttpResponse<String> response = GatewayClient.post(CHAT, body);
        assertThat(response.body()).isEqualTo(DONE);
        assertThat(warnings(response)).isEqualTo("approximated:max_tokens");
        openai.take();
        assertThat(openai.take().text()).contains("\"max_completion_tokens\":5").doesNotContain("\"max_tokens\"");

        openai.then(Script.stream(DONE));
        assertThat(attempts(GatewayClient.post(CHAT, body))).isEmpty();
        assertThat(openai.take().text()).contains("\"max_completion_tokens\":5");
    }

    @Test
    void translatedRequest_isRepairedAndLearned_andTheWarningSpeaksTheClientsLanguage() {
        openai.then(refusal(MAX_TOKENS)).then(Script.json(OK));
        HttpResponse<String> response = GatewayClient.post(MESSAGES, messages("r-3", "\"top_k\":3,"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"type\":\"message\"", "Hi");
        assertThat(warnings(response)).isEqualTo("dropped:top_k, approximated:max_tokens");
        assertThat(openai.take().text()).contains("\"max_tokens\":9");
        assertThat(openai.take().text()).contains("\"max_completion_tokens\":9").doesNotContain("\"max_tokens\"");

        openai.then(Script.stream(DONE));
        HttpResponse<String> later = GatewayClient.post(MESSAGES, messages("r-3", "\"stream\":true,"));
        assertThat(later.body()).contains("message_start", "fine", "message_stop");
        assertThat(attempts(later)).isEmpty();
        assertThat(openai.take().text()).contains("\"max_completion_tokens\":9");
    }

    @Test
    void unrecognisedRefusal_isAskedOnceOnly() {
        openai.then(refusal("Invalid 'temperature': decimal above maximum value."));
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("r-4", "\"temperature\":7,"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("decimal above maximum");
        assertThat(attempts(response)).isEqualTo("refusing/r-4=400");
        openai.take();
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void refusedParameterThatTheRequestHasNot_isAskedOnceOnly() {
        openai.then(refusal("Unsupported parameter: 'seed'"));
        assertThat(GatewayClient.post(CHAT, chat("r-4", "")).statusCode()).isEqualTo(400);
        openai.take();
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void sameRefusalAgain_stands() {
        openai.then(refusal("Unsupported parameter: 'seed'")).then(refusal("Unsupported parameter: 'seed', again"));
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("r-5", "\"seed\":1,"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("again");
        assertThat(attempts(response)).isEqualTo("refusing/r-5=400, refusing/r-5=400");
        openai.take();
        openai.take();
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void thirdRefusal_stands() {
        openai.then(refusal(MAX_TOKENS))
                .then(refusal("Unsupported parameter: 'seed'"))
                .then(refusal("Unsupported parameter: 'top_p'"));
        String body = chat("r-6", "\"seed\":1,\"top_p\":1,\"max_tokens\":1,");
        HttpResponse<String> response = GatewayClient.post(CHAT, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("'top_p'");
        openai.take();
        openai.take();
        assertThat(openai.take().text())
                .contains("max_completion_tokens", "top_p")
                .doesNotContain("seed");
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void repairedRequest_staysRepairedWhenTheProviderIsBusy() {
        openai.then(refusal("Unsupported parameter: 'seed' is not supported when it rains"))
                .then(Script.status(503).body(""))
                .then(Script.json(OK));
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("r-7", "\"seed\":1,"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(attempts(response)).isEqualTo("refusing/r-7=400, refusing/r-7=503, refusing/r-7=ok");
        openai.take();
        openai.take();
        assertThat(openai.take().text()).doesNotContain("seed");

        openai.then(Script.json(OK));
        GatewayClient.post(CHAT, chat("r-7", "\"seed\":1,"));
        assertThat(openai.take().text())
                .as("what was refused under a condition is not learned")
                .contains("seed");
    }

    @Test
    void refusalInsideAStream_isRepairedBeforeTheCommitPointOnly() {
        String event =
                "data: {\"error\":{\"message\":\"Unsupported parameter: 'seed'\",\"type\":\"invalid_request_error\"}}\n\n";
        openai.then(Script.stream(TEXT + event));
        String body = chat("r-8", "\"stream\":true,\"seed\":1,");
        assertThat(GatewayClient.post(CHAT, body).body()).startsWith(TEXT).contains("Unsupported parameter");
        openai.take();
        assertThat(openai.untaken()).isZero();

        openai.then(Script.stream(event)).then(Script.stream(DONE));
        assertThat(GatewayClient.post(CHAT, body).body()).isEqualTo(DONE);
        openai.take();
        assertThat(openai.take().text()).doesNotContain("seed");
    }

    @Test
    void refusedSignature_isDroppedForThisRequestOnly() {
        String model = "claude-sonnet-4-5-refusing";
        String history = "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"bad\"},{\"type\":\"text\",\"text\":\"a\"}]},"
                + "{\"role\":\"user\",\"content\":\"next\"}]";
        String body = "{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":" + history + "}";
        String answer =
                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":\"text\","
                        + "\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";
        for (int i = 0; i < 2; i++) {
            anthropic
                    .then(Script.status(400)
                            .body("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                                    + "\"messages.1.content.0: Invalid `signature` in `thinking` block\"}}"))
                    .then(Script.json(answer));
            HttpResponse<String> response = GatewayClient.post(MESSAGES, body);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(warnings(response)).isEqualTo("dropped:messages.content.thinking");
            assertThat(anthropic.take().text()).isEqualTo(body);
            assertThat(anthropic.take().text())
                    .isEqualTo(body.replace("{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"bad\"},", ""));
        }
    }

    @Test
    void refusedSchema_isCleaned_andArgumentsComeBackAsTheClientDeclaredThem() {
        String body =
                "{\"model\":\"gemini-3-refusing\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":["
                        + "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":"
                        + "{\"a\":{\"type\":\"integer\",\"enum\":[1,2]}}}}}]}";
        String answer =
                "{\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\",\"content\":{\"role\":\"model\",\"parts\":["
                        + "{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":\"2\"}}}]}}]}";
        openai.then(Script.status(400)
                        .body("{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":"
                                + "\"GenerateContentRequest.tools[0].function_declarations[0].parameters.properties[a].enum: only"
                                + " allowed for STRING type\"}}"))
                .then(Script.json(answer))
                .then(Script.json(answer));
        HttpResponse<String> response = GatewayClient.post(CHAT, body);
        assertThat(response.body()).contains("{\\\"a\\\":2}");
        assertThat(warnings(response)).contains("approximated:tools.schema");
        assertThat(openai.take().text()).contains("parametersJsonSchema");
        String repaired = openai.take().text();
        assertThat(repaired).contains("\"enum\":[\"1\",\"2\"]").doesNotContain("parametersJsonSchema");

        HttpResponse<String> later = GatewayClient.post(CHAT, body);
        assertThat(later.body()).contains("{\\\"a\\\":2}");
        assertThat(attempts(later)).isEmpty();
        assertThat(openai.take().text()).isEqualTo(repaired);
    }

    private static Script refusal(String message) {
        return Script.status(400)
                .body("{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\"}}");
    }

    private static String warnings(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-warnings").orElse("");
    }

    /** Told only when there was more than the one that served. */
    private static String attempts(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-attempts").orElse("");
    }

    private static String chat(String model, String members) {
        return "{\"model\":\"" + model + "\"," + members + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    private static String messages(String model, String members) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":9," + members
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
