package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log probabilities on their way through the running gateway; the pairs of dialects are a unit test's. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class LogprobsTest {
    private static final String TOKEN = "{\"token\":\"Hi\",\"bytes\":[72,105],\"logprob\":-0.5,\"top_logprobs\":[]}";

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
    void chatClient_responsesProvider_stream() {
        openai.then(Script.stream().drip("""
                data: {"type":"response.created","response":{"id":"r"}}

                data: {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m"}}

                data: {"type":"response.output_text.delta","output_index":0,"delta":"Hi","logprobs":[%s]}

                data: {"type":"response.completed","response":{"id":"r","status":"completed","output":[]}}

                """.formatted(TOKEN)).end());
        HttpResponse<String> response = GatewayClient.post("/v1/chat/completions", """
                {"model":"gpt-5-responses","stream":true,"logprobs":true,"top_logprobs":3,
                "messages":[{"role":"user","content":"Hi"}]}""");
        assertThat(response.body())
                .contains("\"delta\":{\"content\":\"Hi\"},\"logprobs\":{\"content\":[")
                .contains("\"logprob\":-0.5");
        JsonNode asked = tree(openai.take().text());
        assertThat(asked.path("top_logprobs").asInt()).isEqualTo(3);
        assertThat(asked.path("include").toString()).contains("message.output_text.logprobs");
    }

    @Test
    void completionsClient_chatProvider_whole() {
        openai.then(Script.json("""
                {"id":"chatcmpl-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},
                "logprobs":{"content":[%s]},"finish_reason":"stop"}]}""".formatted(TOKEN)));
        HttpResponse<String> response =
                GatewayClient.post("/v1/completions", "{\"model\":\"gpt-4o\",\"prompt\":\"Hi\",\"logprobs\":0}");
        assertThat(tree(response.body()).at("/choices/0/logprobs")).isEqualTo(tree("""
                {"tokens":["Hi"],"token_logprobs":[-0.5],"top_logprobs":[{}],"text_offset":[0]}"""));
        assertThat(openai.take().text()).contains("\"logprobs\":true,\"top_logprobs\":0");
    }

    @Test
    void chatClient_anthropicProvider_isWarned() {
        anthropic.then(Script.json("""
                {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[{"type":"text","text":"Hi"}],
                "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}"""));
        HttpResponse<String> response = GatewayClient.post("/v1/chat/completions", """
                {"model":"claude-sonnet-4-5","logprobs":true,"messages":[{"role":"user","content":"Hi"}]}""");
        assertThat(response.headers().firstValue("x-gateway-warnings"))
                .hasValueSatisfying(warnings -> assertThat(warnings).contains("dropped:logprobs"));
        assertThat(tree(response.body()).at("/choices/0/logprobs").isNull()).isTrue();
    }

    private static JsonNode tree(String json) {
        return Json.parse(json).orElseThrow();
    }
}
