package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that name items of earlier responses instead of sending them, over providers that have never seen them. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class ItemReferenceTest {
    private static final String PATH = "/v1/responses";
    private static final String TOOLS = """
            ,"reasoning":{"effort":"high"},"tools":[{"type":"function","name":"look","parameters":{"type":"object"}}]""";

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
    @ValueSource(booleans = {false, true})
    void referencedItems_standInTheirPlaces_withSignaturesTheClientNeverSaw(boolean stream) {
        anthropic.then(stream ? Script.stream(STREAM) : Script.json(WHOLE)).then(Script.json(WHOLE));
        JsonNode output =
                create(stream, "[{\"role\":\"user\",\"content\":\"Weather?\"}]").path("output");
        assertThat(output)
                .extracting(item -> item.path("type").asText())
                .containsExactly("reasoning", "message", "function_call");
        assertThat(output.toString()).doesNotContain("encrypted_content");

        create(false, """
                [{"role":"user","content":"Weather?"},
                 {"type":"item_reference","id":"%s"},{"id":"%s"},{"type":null,"id":"%s"},
                 {"type":"function_call_output","call_id":"toolu_r","output":"-3 degrees"}]""".formatted(
                        output.at("/0/id").asText(),
                        output.at("/1/id").asText(),
                        output.at("/2/id").asText()));

        anthropic.take();
        assertThat(tree(anthropic.take().text()).path("messages")).isEqualTo(tree("""
                [{"role":"user","content":[{"type":"text","text":"Weather?"}]},
                 {"role":"assistant","content":[
                  {"type":"thinking","thinking":"Let me see.","signature":"c2ln"},
                  {"type":"text","text":"I look."},
                  {"type":"tool_use","id":"toolu_r","name":"look","input":{}}]},
                 {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"toolu_r","content":"-3 degrees"}]}]"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "claude-sonnet-4-5", "gemini-3-pro"})
    void unknownItem_isNamed_andReachesNobody(String model) {
        HttpResponse<String> response = post(model, reference("msg_nobody"), Upstreams.ACCESS_KEY);
        assertUnknown(response, "msg_nobody");
        assertThat(openai.untaken() + anthropic.untaken()).isZero();
    }

    @Test
    void item_isItsOwnersOnly_andGoneWithItsResponse() {
        anthropic.then(Script.json(WHOLE));
        JsonNode response = create(false, "[{\"role\":\"user\",\"content\":\"Weather?\"}]");
        String id = response.at("/output/1/id").asText();
        assertUnknown(post("claude-sonnet-4-5", reference(id), "client-key-2"), id);
        GatewayClient.send(
                GatewayClient.request(PATH + "/" + response.path("id").asText())
                        .DELETE()
                        .build());
        assertUnknown(post("claude-sonnet-4-5", reference(id), Upstreams.ACCESS_KEY), id);
    }

    @Test
    void itemOfAResponseThatWasNotKept_isUnknown() {
        anthropic.then(Script.json(WHOLE));
        String body = GatewayClient.post(
                        PATH, "{\"model\":\"claude-sonnet-4-5\",\"store\":false,\"input\":\"Weather?\"" + TOOLS + "}")
                .body();
        String id = tree(body).at("/output/1/id").asText();
        assertUnknown(post("claude-sonnet-4-5", reference(id), Upstreams.ACCESS_KEY), id);
    }

    /** A provider with a store of its own knows its items itself. */
    @Test
    void responsesProvider_getsTheReference() {
        openai.then(Script.json("{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}"));
        String body = "{\"model\":\"gpt-5-responses\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_theirs\"}]}";
        assertThat(GatewayClient.post(PATH, body).statusCode()).isEqualTo(200);
        assertThat(openai.take().text()).isEqualTo(body);
    }

    private static String reference(String id) {
        return "[{\"role\":\"user\",\"content\":\"Hi\"},{\"type\":\"item_reference\",\"id\":\"" + id + "\"}]";
    }

    private static JsonNode create(boolean stream, String input) {
        String body = "{\"model\":\"claude-sonnet-4-5\",\"stream\":" + stream + ",\"input\":" + input + TOOLS + "}";
        HttpResponse<String> response = GatewayClient.post(PATH, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return stream ? lastResponse(response.body()) : tree(response.body());
    }

    private static HttpResponse<String> post(String model, String input, String key) {
        return GatewayClient.send(HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + PATH))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + model + "\",\"input\":" + input + "}"))
                .build());
    }

    private static void assertUnknown(HttpResponse<String> response, String id) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode error = tree(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").asText()).isEqualTo("input");
        assertThat(error.path("message").asText()).startsWith("Item with id '" + id + "' not found.");
    }

    private static JsonNode lastResponse(String events) {
        String last = events.lines()
                .filter(line -> line.startsWith("data: "))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return tree(last.substring("data: ".length())).path("response");
    }

    private static final String WHOLE = """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
            {"type":"thinking","thinking":"Let me see.","signature":"c2ln"},{"type":"text","text":"I look."},
            {"type":"tool_use","id":"toolu_r","name":"look","input":{}}],
            "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}""";

    private static final String STREAM = event("""
                    {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
                    "model":"claude","content":[],"usage":{"input_tokens":9,"output_tokens":1}}}""")
            + event("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                    + "{\"type\":\"thinking\",\"thinking\":\"\"}}")
            + event(delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Let me see.\"}"))
            + event(delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"))
            + event("{\"type\":\"content_block_stop\",\"index\":0}")
            + event(
                    "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
            + event(delta(1, "{\"type\":\"text_delta\",\"text\":\"I look.\"}"))
            + event("{\"type\":\"content_block_stop\",\"index\":1}")
            + event("{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\","
                    + "\"id\":\"toolu_r\",\"name\":\"look\",\"input\":{}}}")
            + event("{\"type\":\"content_block_stop\",\"index\":2}")
            + event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},"
                    + "\"usage\":{\"output_tokens\":3}}")
            + event("{\"type\":\"message_stop\"}");

    private static String delta(int index, String delta) {
        return "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}";
    }

    private static String event(String data) {
        return "event: " + tree(data).path("type").asText() + "\ndata: " + data + "\n\n";
    }

    private static JsonNode tree(String json) {
        return Json.parse(json).orElseThrow();
    }
}
