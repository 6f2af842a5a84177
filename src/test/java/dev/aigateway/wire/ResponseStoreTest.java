package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses conversations that the gateway keeps for providers that do not. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class ResponseStoreTest {
    private static final String PATH = "/v1/responses";
    private static final String TOOLS = """
            ,"tools":[{"type":"function","name":"get_weather","parameters":{"type":"object"}}]""";

    private static final String START = event("""
            {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude",\
            "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}}""");

    private static final String THINKING_STREAM = START
            + event(
                    "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}")
            + event(delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Let me see.\"}"))
            + event(delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"))
            + event("{\"type\":\"content_block_stop\",\"index\":0}")
            + event("{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\","
                    + "\"id\":\"toolu_a\",\"name\":\"get_weather\",\"input\":{}}}")
            + event(delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}"))
            + event("{\"type\":\"content_block_stop\",\"index\":1}")
            + ending("tool_use");

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
    void threeTurns_overAChatProvider_reachItInFull(boolean stream) {
        openai.then(chat(stream, """
                {"tool_calls":[{"index":0,"id":"call_a","type":"function",\
                "function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}""", "tool_calls"));
        openai.then(chat(stream, "{\"content\":\"It is cold.\"}", "stop"));
        openai.then(chat(stream, "{\"content\":\"Warmer.\"}", "stop"));

        JsonNode third = threeTurns("gpt-4o", stream, "");

        openai.take();
        openai.take();
        assertThat(messages(openai.take())).isEqualTo(tree("""
                [{"role":"system","content":"Be brief."},
                 {"role":"user","content":"Weather in Oslo?"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"call_a","type":"function",
                  "function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]},
                 {"role":"tool","tool_call_id":"call_a","content":"-3 degrees"},
                 {"role":"assistant","content":"It is cold."},
                 {"role":"user","content":"And tomorrow?"}]"""));
        assertThat(third.at("/output/0/content/0/text").asText()).isEqualTo("Warmer.");
    }

    /** The signature of the thinking is nothing that the client asked for, but the provider insists on it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threeTurns_overAnAnthropicProvider_reachItInFull_withSignatures(boolean stream) {
        anthropic.then(stream ? Script.stream(THINKING_STREAM) : Script.json(message("""
                {"type":"thinking","thinking":"Let me see.","signature":"c2ln"},
                {"type":"tool_use","id":"toolu_a","name":"get_weather","input":{"city":"Oslo"}}""", "tool_use")));
        anthropic.then(stream ? Script.stream(textStream("It is cold.")) : Script.json(message("""
                {"type":"text","text":"It is cold."}""", "end_turn")));
        anthropic.then(stream ? Script.stream(textStream("Warmer.")) : Script.json(message("""
                {"type":"text","text":"Warmer."}""", "end_turn")));

        JsonNode third = threeTurns("claude-sonnet-4-5", stream, ",\"reasoning\":{\"effort\":\"high\"}");

        anthropic.take();
        anthropic.take();
        assertThat(messages(anthropic.take())).isEqualTo(tree("""
                [{"role":"user","content":[{"type":"text","text":"Weather in Oslo?"}]},
                 {"role":"assistant","content":[
                  {"type":"thinking","thinking":"Let me see.","signature":"c2ln"},
                  {"type":"tool_use","id":"toolu_a","name":"get_weather","input":{"city":"Oslo"}}]},
                 {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"toolu_a","content":"-3 degrees"}]},
                 {"role":"assistant","content":[{"type":"text","text":"It is cold."}]},
                 {"role":"user","content":[{"type":"text","text":"And tomorrow?"}]}]"""));
        assertThat(third.at("/output/0/content/0/text").asText()).isEqualTo("Warmer.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void storedResponse_isShownAsItWasSent_untilItIsDeleted(boolean stream) {
        openai.then(chat(stream, "{\"content\":\"Hello.\"}", "stop"));
        JsonNode sent = create("gpt-4o", stream, "\"Hi\"", ",\"metadata\":{\"k\":\"v\"}");
        assertThat(sent.path("store").asBoolean()).isTrue();
        String path = PATH + "/" + sent.path("id").asText();

        HttpResponse<String> shown = get(path);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("x-request-id")).isPresent();
        assertThat(tree(shown.body())).isEqualTo(sent);

        HttpResponse<String> deleted = delete(path, Upstreams.ACCESS_KEY);
        assertThat(deleted.body())
                .isEqualTo("{\"id\":\"" + sent.path("id").asText() + "\",\"object\":\"response\",\"deleted\":true}");
        assertNotFound(get(path));
        assertNotFound(get(path + "/input_items"));
        assertNotFound(delete(path, Upstreams.ACCESS_KEY));
    }

    @Test
    void equalIdsOfAProvider_areDifferentResponses() {
        openai.then(chat(false, "{\"content\":\"One.\"}", "stop")).then(chat(false, "{\"content\":\"Two.\"}", "stop"));
        String one = create("gpt-4o", false, "\"Hi\"", "").path("id").asText();
        String two = create("gpt-4o", false, "\"Hi\"", "").path("id").asText();
        assertThat(one).startsWith("resp_").isNotEqualTo(two);
        assertThat(get(PATH + "/" + one).body()).contains("One.");
    }

    @Test
    void inputItems_areListedInPages() {
        openai.then(chat(false, "{\"content\":\"Hello.\"}", "stop"))
                .then(chat(false, "{\"content\":\"Fine.\"}", "stop"));
        String first = create("gpt-4o", false, "\"Hi\"", "").path("id").asText();
        String second = create("gpt-4o", false, "[{\"role\":\"user\",\"content\":\"And you?\"}]", previous(first))
                .path("id")
                .asText();
        String path = PATH + "/" + second + "/input_items";

        JsonNode all = tree(get(path).body());
        assertThat(all.path("object").asText()).isEqualTo("list");
        assertThat(all.path("has_more").asBoolean()).isFalse();
        assertThat(all.path("data"))
                .extracting(item -> item.at("/content/0/text").asText())
                .containsExactly("And you?", "Hello.", "Hi");
        assertThat(all.path("data")).allSatisfy(item -> {
            assertThat(item.path("type").asText()).isEqualTo("message");
            assertThat(item.path("id").asText()).startsWith("msg_");
        });

        JsonNode page = tree(get(path + "?order=asc&limit=1").body());
        assertThat(page.at("/data/0/content/0/text").asText()).isEqualTo("Hi");
        assertThat(page.path("has_more").asBoolean()).isTrue();
        JsonNode next = tree(
                get(path + "?order=asc&limit=5&after=" + page.path("last_id").asText())
                        .body());
        assertThat(next.path("data")).hasSize(2);
        assertThat(next.path("has_more").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"limit=0,limit", "limit=x,limit", "order=up,order", "after=nobody,after"})
    void inputItems_badParameter_isNamed(String query, String param) {
        openai.then(chat(false, "{\"content\":\"Hello.\"}", "stop"));
        String id = create("gpt-4o", false, "\"Hi\"", "").path("id").asText();
        HttpResponse<String> response = get(PATH + "/" + id + "/input_items?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(tree(response.body()).at("/error/param").asText()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "claude-sonnet-4-5"})
    void unknownPrevious_is400_andReachesNobody(String model) {
        HttpResponse<String> response = GatewayClient.post(PATH, body(model, false, "\"Hi\"", previous("resp_no")));
        assertPreviousNotFound(response, "resp_no");
        assertPreviousNotFound(GatewayClient.post(PATH, body(model, true, "\"Hi\"", previous("resp_no"))), "resp_no");
        assertPreviousNotFound(
                GatewayClient.post(PATH + "/input_tokens", body(model, false, "\"Hi\"", previous("resp_no"))),
                "resp_no");
        assertThat(openai.untaken() + anthropic.untaken()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void storeFalse_isNotKept_butMayContinue(boolean stream) {
        openai.then(chat(stream, "{\"content\":\"Hello.\"}", "stop"))
                .then(chat(stream, "{\"content\":\"Fine.\"}", "stop"));
        String kept = create("gpt-4o", stream, "\"Hi\"", "").path("id").asText();
        JsonNode answer = create("gpt-4o", stream, "\"And you?\"", previous(kept) + ",\"store\":false");
        assertThat(answer.path("store").asBoolean()).isFalse();
        assertThat(answer.path("previous_response_id").asText()).isEqualTo(kept);
        openai.take();
        assertThat(messages(openai.take())).hasSize(3);
        String id = answer.path("id").asText();
        assertNotFound(get(PATH + "/" + id));
        assertPreviousNotFound(GatewayClient.post(PATH, body("gpt-4o", stream, "\"Hi\"", previous(id))), id);
    }

    @Test
    void answerInTheOtherForm_isKeptToo() {
        openai.then(Script.stream(chatStream("{\"content\":\"Folded.\"}", "stop")));
        openai.then(chat(false, "{\"content\":\"Replayed.\"}", "stop"));
        JsonNode folded = create("streams-only", false, "\"Hi\"", "");
        JsonNode replayed =
                create("gpt-4o", true, "\"Hi\"", previous(folded.path("id").asText()));
        openai.take();
        assertThat(openai.take().text()).contains("Folded.");
        assertThat(tree(get(PATH + "/" + replayed.path("id").asText()).body())).isEqualTo(replayed);
    }

    @Test
    void cutStream_isNotKept() {
        String text = chatStream("{\"content\":\"Hel\"}", "stop");
        openai.then(Script.stream()
                .send(text.substring(0, text.indexOf("\n\n") + 2))
                .cut());
        String events =
                GatewayClient.post(PATH, body("gpt-4o", true, "\"Hi\"", "")).body();
        assertThat(events).contains("response.failed");
        assertNotFound(get(PATH + "/" + lastResponse(events).path("id").asText()));
    }

    @Test
    void response_isHiddenFromOtherKeys() {
        openai.then(chat(false, "{\"content\":\"Hello.\"}", "stop"));
        String id = create("gpt-4o", false, "\"Hi\"", "").path("id").asText();
        String path = PATH + "/" + id;
        assertNotFound(GatewayClient.send(as("client-key-2", path).GET().build()));
        assertNotFound(delete(path, "client-key-2"));
        assertPreviousNotFound(
                GatewayClient.send(as("client-key-2", PATH)
                        .POST(HttpRequest.BodyPublishers.ofString(body("gpt-4o", false, "\"Hi\"", previous(id))))
                        .build()),
                id);
        assertThat(GatewayClient.send(as("wrong", path).GET().build()).statusCode())
                .isEqualTo(401);
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenCount_includesTheHistory() {
        openai.then(chat(false, "{\"content\":\"" + "word ".repeat(200) + "\"}", "stop"));
        String id = create("gpt-4o", false, "\"Hi\"", "").path("id").asText();
        HttpResponse<String> count =
                GatewayClient.post(PATH + "/input_tokens", body("gpt-4o", false, "\"Hi\"", previous(id)));
        assertThat(tree(count.body()).path("input_tokens").asLong()).isGreaterThan(100);
    }

    @Test
    void otherMethods_are405_withThoseAllowed() {
        HttpResponse<String> response = GatewayClient.post(PATH + "/resp_1", "{}");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).hasValue("GET, DELETE");
    }

    /** A call, its output, and one more question; the answer to the last. */
    private JsonNode threeTurns(String model, boolean stream, String more) {
        String settings = ",\"instructions\":\"Be brief.\"" + TOOLS + more;
        JsonNode first = create(model, stream, "\"Weather in Oslo?\"", settings);
        JsonNode call = first.path("output").get(first.path("output").size() - 1);
        assertThat(call.path("type").asText()).isEqualTo("function_call");
        assertThat(first.path("previous_response_id").isNull()).isTrue();
        assertThat(first.toString()).doesNotContain("encrypted_content");
        String result = "[{\"type\":\"function_call_output\",\"call_id\":\""
                + call.path("call_id").asText() + "\",\"output\":\"-3 degrees\"}]";
        JsonNode second = create(
                model, stream, result, settings + previous(first.path("id").asText()));
        assertThat(second.path("previous_response_id")).isEqualTo(first.path("id"));
        return create(
                model,
                stream,
                "[{\"role\":\"user\",\"content\":\"And tomorrow?\"}]",
                settings + previous(second.path("id").asText()));
    }

    private static JsonNode create(String model, boolean stream, String input, String more) {
        HttpResponse<String> response = GatewayClient.post(PATH, body(model, stream, input, more));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return stream ? lastResponse(response.body()) : tree(response.body());
    }

    private static String body(String model, boolean stream, String input, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"input\":" + input + more + "}";
    }

    private static String previous(String id) {
        return ",\"previous_response_id\":\"" + id + "\"";
    }

    private static JsonNode lastResponse(String events) {
        String last = events.lines()
                .filter(line -> line.startsWith("data: "))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return tree(last.substring("data: ".length())).path("response");
    }

    private static JsonNode tree(String json) {
        return Json.parse(json).orElseThrow();
    }

    private static JsonNode messages(Received request) {
        return tree(request.text()).path("messages");
    }

    private static HttpResponse<String> get(String path) {
        return GatewayClient.send(GatewayClient.request(path).GET().build());
    }

    private static HttpResponse<String> delete(String path, String key) {
        return GatewayClient.send(as(key, path).DELETE().build());
    }

    private static HttpRequest.Builder as(String key, String path) {
        return HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + path))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key);
    }

    private static void assertNotFound(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(tree(response.body()).at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    /** M20. */
    private static void assertPreviousNotFound(HttpResponse<String> response, String id) {
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = tree(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").asText()).isEqualTo("previous_response_id");
        assertThat(error.path("code").asText()).isEqualTo("previous_response_not_found");
        assertThat(error.path("message").asText()).startsWith("Previous response with id '" + id + "' not found.");
    }

    private static Script chat(boolean stream, String delta, String reason) {
        if (stream) {
            return Script.stream(chatStream(delta, reason));
        }
        ObjectNode said = Json.object().put("role", "assistant");
        said.setAll((ObjectNode) tree(delta));
        return Script.json(
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":" + said
                        + ",\"finish_reason\":\"" + reason + "\"}]}");
    }

    private static String chatStream(String delta, String reason) {
        String head =
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":";
        return head + delta + ",\"finish_reason\":null}]}\n\n" + head + "{},\"finish_reason\":\"" + reason
                + "\"}]}\n\ndata: [DONE]\n\n";
    }

    private static String message(String content, String reason) {
        return """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[%s],
                "stop_reason":"%s","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}\
                """.formatted(content, reason);
    }

    private static String textStream(String text) {
        return START
                + event(
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
                + event(delta(0, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}"))
                + event("{\"type\":\"content_block_stop\",\"index\":0}")
                + ending("end_turn");
    }

    private static String delta(int index, String delta) {
        return "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}";
    }

    private static String ending(String reason) {
        return event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + reason
                        + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":3}}")
                + event("{\"type\":\"message_stop\"}");
    }

    private static String event(String data) {
        return "event: " + tree(data).path("type").asText() + "\ndata: " + data + "\n\n";
    }
}
