package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Same dialect on both sides: everything but the model's name passes byte for byte. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class ExpressLaneTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String CHUNKS = """
            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-2024","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"x_vendor":1.50}

            : comment

            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-2024","choices":[{"index":0,"delta":{"content":"grüße"},"finish_reason":null}]}

            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-2024","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

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
    void chatBody_ofOneMegabyte_reachesUpstreamUntouched() {
        openai.then(Script.json("{\"id\":\"c1\",\"choices\":[]}"));
        String body = "{ \"x\" : 1.0,\n\"model\":\"gpt-4o\" , \"messages\":[ {\"role\":\"user\",\"content\":\""
                + "größe \\u00e9 ".repeat(90_000) + "\"} ],\"z\":12345678901234567890, \"a\":1e5}";
        HttpResponse<String> response = GatewayClient.post(CHAT, body);
        assertThat(response.statusCode()).isEqualTo(200);
        Received received = openai.take();
        assertThat(body.length()).isGreaterThan(1_000_000);
        assertThat(received.text()).isEqualTo(body);
        assertThat(received.uri()).isEqualTo("/v1/chat/completions");
        assertThat(received.header("authorization")).isEqualTo("Bearer " + Upstreams.OPENAI_KEY);
    }

    @Test
    void chatBody_withAlias_changesOnlyTheModelBothWays() {
        openai.then(Script.json("{\"id\":\"c1\", \"model\":\"gpt-4.1-mini\",\"choices\":[],\"n\":1.00}"));
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"model\": \"mini\",\"k\":1.0}";
        HttpResponse<String> response = GatewayClient.post(CHAT, body);
        assertThat(openai.take().text()).isEqualTo(body.replace("\"mini\"", "\"gpt-4.1-mini\""));
        assertThat(response.body()).isEqualTo("{\"id\":\"c1\", \"model\":\"mini\",\"choices\":[],\"n\":1.00}");
    }

    /** T12: whatever its finish says. */
    @Test
    void chatStream_isForwardedByteForByte() {
        openai.then(Script.stream(CHUNKS));
        HttpResponse<String> response = GatewayClient.post(CHAT, chat("gpt-4o", true));
        assertThat(response.body()).isEqualTo(CHUNKS);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.headers().firstValue("x-accel-buffering")).contains("no");
        assertThat(response.headers().firstValue("content-length")).isEmpty();
    }

    @Test
    void chatStream_drippedByteByByte_isForwardedByteForByte() {
        openai.then(Script.stream().drip(CHUNKS).end());
        assertThat(GatewayClient.post(CHAT, chat("gpt-4o", true)).body()).isEqualTo(CHUNKS);
    }

    @Test
    void chatStream_withAlias_showsTheClientsName() {
        openai.then(Script.stream(CHUNKS));
        assertThat(GatewayClient.post(CHAT, chat("mini", true)).body())
                .isEqualTo(CHUNKS.replace("gpt-4o-2024", "mini"));
    }

    @Test
    void chatStream_eventArrives_beforeUpstreamSendsTheNext() {
        CompletableFuture<Void> clientSawText = new CompletableFuture<>();
        int text = CHUNKS.indexOf("data: ", CHUNKS.indexOf("grüße"));
        openai.then(Script.stream()
                .send(CHUNKS.substring(0, text))
                .await(clientSawText)
                .send(CHUNKS.substring(text))
                .end());
        try (var stream = GatewayClient.open(CHAT, chat("gpt-4o", true))) {
            stream.readUntil("grüße");
            clientSawText.complete(null);
            stream.readUntil("[DONE]");
        }
    }

    @Test
    void chatStream_cutAfterText_endsInAnErrorEventWithoutDone() {
        String begun = CHUNKS.substring(0, CHUNKS.indexOf("data: ", CHUNKS.indexOf("grüße")));
        openai.then(Script.stream().send(begun).cut());
        String answer = GatewayClient.post(CHAT, chat("gpt-4o", true)).body();
        assertThat(answer).startsWith(begun);
        assertThat(answer.substring(begun.length()))
                .startsWith("data: {\"error\":{")
                .doesNotContain("[DONE]");
    }

    @Test
    void chatStream_endedByUpstreamInTheMiddle_doesNotLookFinished() {
        String begun = CHUNKS.substring(0, CHUNKS.indexOf("data: ", CHUNKS.indexOf("grüße")));
        openai.then(Script.stream(begun));
        assertThat(GatewayClient.post(CHAT, chat("gpt-4o", true)).body())
                .startsWith(begun)
                .contains("{\"error\":{")
                .doesNotContain("[DONE]");
    }

    @Test
    void chatStream_answeredWithOneJsonObject_becomesAStream() {
        openai.then(Script.json(
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"whole\"},\"finish_reason\":\"stop\"}]}"));
        assertThat(GatewayClient.post(CHAT, chat("gpt-4o", true)).body())
                .contains("\"content\":\"whole\"")
                .contains("\"finish_reason\":\"stop\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void messagesStream_isForwardedByteForByte_withTheClientsVersionHeaders() {
        String events = """
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":1}}}

                event: ping
                data: {"type": "ping"}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":2}}

                event: message_stop
                data: {"type":"message_stop"}

                """;
        anthropic.then(Script.stream(events));
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request("/v1/messages?beta=true")
                .header("anthropic-version", "2026-10-21")
                .header("anthropic-beta", "some-beta")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
                .build());
        assertThat(response.body()).isEqualTo(events);
        Received received = anthropic.take();
        assertThat(received.uri()).isEqualTo("/v1/messages");
        assertThat(received.header("x-api-key")).isEqualTo(Upstreams.ANTHROPIC_KEY);
        assertThat(received.header("anthropic-version")).isEqualTo("2026-10-21");
        assertThat(received.header("anthropic-beta")).isEqualTo("some-beta");
        assertThat(received.headers().toString()).doesNotContain(Upstreams.ACCESS_KEY);
    }

    private static String chat(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
