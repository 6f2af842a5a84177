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

/** A plain Chat client, which knows neither thinking nor signatures, in front of providers that insist on them. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class SignaturesTest {
    private static final String PATH = "/v1/chat/completions";

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
    void gemini3_getsTheSignatureOfItsCallBack(boolean stream) {
        String first = "Weather, streamed " + stream;
        openai.then(gemini(stream, "call_s1" + stream));
        JsonNode call = call("gemini-3-pro", stream, first, "");
        assertThat(call.path("id").asText()).isEqualTo("call_s1" + stream);

        openai.then(gemini(false, "call_next" + stream));
        HttpResponse<String> second = next("gemini-3-pro", first, call, Upstreams.ACCESS_KEY, "");

        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        openai.take();
        assertThat(tree(openai.take().text())
                        .at("/contents/1/parts/0/thoughtSignature")
                        .asText())
                .isEqualTo("c2lnbmVk");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anthropic_getsItsThinkingBack(boolean stream) {
        String first = "Thoughtful weather, streamed " + stream;
        String effort = ",\"reasoning_effort\":\"high\"";
        anthropic.then(claude(stream, "toolu_s1" + stream));
        JsonNode call = call("claude-sonnet-4-5", stream, first, effort);

        anthropic.then(claude(false, "toolu_next" + stream));
        HttpResponse<String> second = next("claude-sonnet-4-5", first, call, Upstreams.ACCESS_KEY, effort);

        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(second.headers().firstValue("x-gateway-warnings").orElse("")).doesNotContain("dropped");
        anthropic.take();
        JsonNode sent = tree(anthropic.take().text());
        assertThat(sent.at("/thinking/type").asText())
                .as("thinking need not be switched off")
                .isEqualTo("enabled");
        assertThat(sent.at("/messages/1/content")).isEqualTo(tree("""
                [{"type":"thinking","thinking":"Let me see.","signature":"c2ln"},
                 {"type":"tool_use","id":"%s","name":"look","input":{}}]""".formatted("toolu_s1" + stream)));
    }

    /** The same answer again, with another signature: what the client carries is newer than what is remembered. */
    @Test
    void carriedSignature_isPreferred() {
        openai.then(gemini(false, "call_carried"));
        JsonNode call = call("gemini-3-pro", false, "Carried", "");
        ((ObjectNode) call).putObject("extra_content").putObject("google").put("thought_signature", "Y2FycmllZA==");
        openai.then(gemini(false, "call_later"));
        next("gemini-3-pro", "Carried", call, Upstreams.ACCESS_KEY, "");
        openai.take();
        assertThat(tree(openai.take().text())
                        .at("/contents/1/parts/0/thoughtSignature")
                        .asText())
                .isEqualTo("Y2FycmllZA==");
    }

    @ParameterizedTest
    @CsvSource({"client-key-2,call_secret,skip_thought_signature_validator", "client-key-1,call_secret,c2lnbmVk"})
    void signature_isItsOwnersOnly(String key, String id, String sent) {
        openai.then(gemini(false, id));
        JsonNode call = call("gemini-3-pro", false, "Secret", "");
        openai.then(gemini(false, "call_after"));
        next("gemini-3-pro", "Secret", call, key, "");
        openai.take();
        assertThat(tree(openai.take().text())
                        .at("/contents/1/parts/0/thoughtSignature")
                        .asText())
                .isEqualTo(sent);
    }

    private static JsonNode call(String model, boolean stream, String first, String more) {
        HttpResponse<String> response = GatewayClient.post(PATH, """
                {"model":"%s","stream":%s,"messages":[{"role":"user","content":"%s"}],%s%s}""".formatted(model, stream, first, TOOLS, more));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode call =
                stream ? streamedCall(response.body()) : tree(response.body()).at("/choices/0/message/tool_calls/0");
        return Json.object()
                .put("id", call.path("id").asText())
                .put("type", "function")
                .set("function", Json.object().put("name", "look").put("arguments", "{}"));
    }

    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{\"type\":\"object\"}}}]";

    private static JsonNode streamedCall(String events) {
        return events.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> tree(line.substring("data: ".length())).at("/choices/0/delta/tool_calls/0"))
                .filter(call -> call.has("id"))
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> next(String model, String first, JsonNode call, String key, String more) {
        String body = """
                {"model":"%s","messages":[{"role":"user","content":"%s"},
                {"role":"assistant","content":null,"tool_calls":[%s]},
                {"role":"tool","tool_call_id":"%s","content":"-3 degrees"}],%s%s}""".formatted(model, first, call, call.path("id").asText(), TOOLS, more);
        return GatewayClient.send(HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + PATH))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static Script gemini(boolean stream, String id) {
        String answer = """
                {"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"id":"%s","name":"look","args":{}},\
                "thoughtSignature":"c2lnbmVk"}]},"finishReason":"STOP","index":0}]}""".formatted(id);
        return stream ? Script.stream("data: " + answer + "\n\n") : Script.json(answer);
    }

    private static Script claude(boolean stream, String id) {
        if (!stream) {
            return Script.json("""
                    {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
                    {"type":"thinking","thinking":"Let me see.","signature":"c2ln"},
                    {"type":"tool_use","id":"%s","name":"look","input":{}}],
                    "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}""".formatted(id));
        }
        return Script.stream(event("""
                        {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
                        "model":"claude","content":[],"usage":{"input_tokens":9,"output_tokens":1}}}""")
                + event("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                        + "{\"type\":\"thinking\",\"thinking\":\"\"}}")
                + event(delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Let me \"}"))
                + event(delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"see.\"}"))
                + event(delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"))
                + event("{\"type\":\"content_block_stop\",\"index\":0}")
                + event("{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\","
                        + "\"id\":\"" + id + "\",\"name\":\"look\",\"input\":{}}}")
                + event("{\"type\":\"content_block_stop\",\"index\":1}")
                + event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},"
                        + "\"usage\":{\"output_tokens\":3}}")
                + event("{\"type\":\"message_stop\"}"));
    }

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
