package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators' rules change the bodies that reach providers, whatever the client speaks. */
@QuarkusTest
@QuarkusTestResource(value = RuledUpstreams.class, restrictToAnnotatedClass = true)
class PayloadTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String TURNS = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String COMPLETION =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
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

    /** Rows 200 and 202. */
    @Test
    void rules_onTheExpressLane_leaveAllOtherBytes() {
        openai.then(Script.json(COMPLETION));
        String text = "größe \\u00e9 \\/ ".repeat(50_000);
        post(
                CHAT,
                "{ \"x\" : 1.0,\n\"model\":\"gpt-4o\" , \"user\":\"me\", \"top_p\":null,\"messages\":[ {\"role\":\"user\" , \"name\":\"n\","
                        + " \"content\":\"" + text + "\"} ],\"seed\":1, \"metadata\" : {\"own\":1e5, \"rank\":0} }");
        assertThat(openai.take().text())
                .isEqualTo("{ \"x\" : 1.0,\n\"model\":\"gpt-4o\", \"top_p\":null,\"messages\":[ {\"role\":\"user\","
                        + " \"content\":\"" + text
                        + "\"} ],\"seed\":12345678901234567890, \"metadata\" : {\"own\":1e5,\"team\":\"search\"} }");
    }

    /** Rows 203 and R-16. */
    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,gpt-4o",
        "/v1/messages,gpt-4o",
        "/v1/responses,gpt-4o",
        "/v1/completions,gpt-4o",
        "/v1beta/models/gpt-4o:generateContent,gpt-4o",
        "/v1/responses,gpt-5-responses",
        "/v1/chat/completions,gpt-5-responses"
    })
    void rules_areAppliedToWhatEveryEndpointSends(String path, String model) {
        openai.then(Script.json(COMPLETION));
        GatewayClient.post(path, request(path, model));
        var sent = Json.parse(openai.take().text()).orElseThrow();
        assertThat(sent.path("seed").asText()).isEqualTo("12345678901234567890");
        assertThat(sent.path("top_p").asText()).isEqualTo("0.90");
        assertThat(sent.path("metadata").toString()).isEqualTo("{\"team\":\"search\"}");
        assertThat(sent.has("user")).isFalse();
    }

    /** Row 201. */
    @Test
    void rule_forAProtocol_isNotAppliedToAnother() {
        openai.then(Script.json(COMPLETION));
        post(CHAT, "{\"model\":\"mini\"," + TURNS + "}");
        assertThat(openai.take().text()).isEqualTo("{\"model\":\"gpt-4.1-mini\"," + TURNS + "}");
        anthropic.then(Script.json(MESSAGE));
        post("/v1/messages", "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9," + TURNS + "}");
        assertThat(anthropic.take().text())
                .isEqualTo("{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9," + TURNS
                        + ",\"service_tier\":\"standard_only\"}");
    }

    /** Row 200. */
    @Test
    void rule_forGemini_namesFieldsOfGemini() {
        openai.then(
                Script.json(
                        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\"}]}"));
        post(CHAT, "{\"model\":\"gemini-2.5-flash\",\"temperature\":1.5," + TURNS + "}");
        assertThat(Json.parse(openai.take().text())
                        .orElseThrow()
                        .path("generationConfig")
                        .path("temperature")
                        .asText())
                .isEqualTo("0.5");
    }

    /** Rows 191 and P-05. */
    @ParameterizedTest
    @CsvSource({
        "cool-chat,'\"temperature\":0.1,','\"temperature\":0.70,'",
        "mini,'\"temperature\":0.1,','\"temperature\":0.1,'",
        "cool-o4,'\"temperature\":0.1,',''"
    })
    void temperature_ofTheProvider_takesThePlaceOfTheClients(String model, String given, String sent) {
        openai.then(Script.json(COMPLETION));
        post(CHAT, "{\"model\":\"" + model + "\"," + given + TURNS + "}");
        String id = model.equals("mini") ? "gpt-4.1-mini" : model.equals("cool-o4") ? "o4-mini" : model;
        assertThat(openai.take().text()).isEqualTo("{\"model\":\"" + id + "\"," + sent + TURNS + "}");
    }

    @Test
    void temperature_ofTheProvider_isSetAfterTranslationToo() {
        openai.then(Script.json(COMPLETION));
        post("/v1/messages", "{\"model\":\"cool-chat\",\"max_tokens\":9,\"temperature\":0.1," + TURNS + "}");
        assertThat(openai.take().text()).contains("\"temperature\":0.70").doesNotContain("0.1,");
    }

    /** G-22. */
    @ParameterizedTest
    @CsvSource({"short,4096", "claude-sonnet-4-5,8192"})
    void maxTokens_thatTheClientDidNotGive_areThoseOfTheProviderOrTheGateway(String model, int limit) {
        anthropic.then(Script.json(MESSAGE));
        post(CHAT, "{\"model\":\"" + model + "\"," + TURNS + "}");
        assertThat(Json.parse(anthropic.take().text())
                        .orElseThrow()
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(limit);
    }

    @Test
    void quirks_ofTheProvider_decideHowItIsSpokenTo() {
        openai.then(Script.json(COMPLETION));
        GatewayClient.post(
                "/v1/messages", "{\"model\":\"quirky\",\"max_tokens\":9,\"top_k\":5,\"stream\":true," + TURNS + "}");
        assertThat(openai.take().text())
                .contains("\"top_k\":5", "\"max_completion_tokens\":9")
                .doesNotContain("stream_options");
    }

    private static void post(String path, String body) {
        HttpResponse<String> response = GatewayClient.post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static String request(String path, String model) {
        if (path.contains(":")) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        }
        String content = switch (path) {
            case "/v1/responses" -> "\"user\":\"me\",\"input\":\"hi\"";
            case "/v1/completions" -> "\"user\":\"me\",\"prompt\":\"hi\"";
            case "/v1/messages" -> "\"max_tokens\":9," + TURNS;
            default -> "\"user\":\"me\"," + TURNS;
        };
        return "{\"model\":\"" + model + "\"," + content + "}";
    }
}
