package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stop sequences where the provider takes none: the gateway ends the answer itself. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class StopSequenceTest {
    private static final String HEAD = """
            data: {"type":"response.created","response":{"id":"r"}}

            data: {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m"}}

            """;

    @Upstreams.Inject
    ScriptedUpstream openai;

    @BeforeEach
    void reset() {
        openai.reset();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/messages         | \"stop_sequences\":[\"</x>\"],\"max_tokens\":50 | \"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"</x>\"",
                "/v1/chat/completions | \"stop\":\"</x>\"                               | \"finish_reason\":\"stop\"",
            })
    void sequenceInTheMiddle_endsTheStream_andTheProviderIsLeftAtOnce(String path, String stop, String ending) {
        openai.then(Script.stream()
                .drip(HEAD + delta("one<") + delta("/") + delta("x>two"))
                .await(new CompletableFuture<>()));
        HttpResponse<String> response = GatewayClient.post(path, """
                {"model":"gpt-5-responses","stream":true,%s,"messages":[{"role":"user","content":"Hi"}]}""".formatted(stop));
        assertThat(response.body())
                .contains("one")
                .contains(ending)
                .doesNotContain("two")
                .doesNotContain("<\"");
        assertThat(response.headers().firstValue("x-gateway-warnings").orElse(""))
                .contains("approximated:stop");
        Received request = openai.take();
        assertThat(request.text()).doesNotContain("</x>");
        request.awaitClosed();
    }

    @Test
    void beginningThatCameToNothing_isSentAfterAll() {
        openai.then(Script.stream(HEAD + delta("one<") + delta("/y>") + """
                data: {"type":"response.completed","response":{"id":"r","status":"completed","output":[],\
                "usage":{"input_tokens":3,"output_tokens":4,"total_tokens":7}}}

                """));
        HttpResponse<String> response = GatewayClient.post("/v1/chat/completions", """
                {"model":"gpt-5-responses","stream":true,"stream_options":{"include_usage":true},"stop":["</x>"],
                "messages":[{"role":"user","content":"Hi"}]}""");
        assertThat(response.body())
                .contains("\"content\":\"one\"")
                .contains("\"content\":\"</y>\"")
                .contains("\"completion_tokens\":4")
                .endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({"gpt-5-responses,responses", "o4-mini,chat"})
    void wholeAnswer_isCut_andCountsWhatWasGenerated(String model, String dialect) {
        openai.then(Script.json(dialect.equals("chat") ? """
                {"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"one</x>two"},
                "finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}""" : """
                {"id":"r","status":"completed","output":[{"type":"message","id":"m","content":[
                {"type":"output_text","text":"one</x>two","annotations":[]}]}],
                "usage":{"input_tokens":3,"output_tokens":4,"total_tokens":7}}"""));
        JsonNode answer = Json.parse(
                        GatewayClient.post("/v1/messages", """
                        {"model":"%s","max_tokens":50,"stop_sequences":["</x>"],
                        "messages":[{"role":"user","content":"Hi"}]}""".formatted(model)).body())
                .orElseThrow();
        assertThat(answer.at("/content/0/text").asText()).isEqualTo("one");
        assertThat(answer.path("stop_reason").asText()).isEqualTo("stop_sequence");
        assertThat(answer.path("stop_sequence").asText()).isEqualTo("</x>");
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(4);
    }

    private static String delta(String text) {
        return "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"" + text + "\"}\n\n";
    }
}
