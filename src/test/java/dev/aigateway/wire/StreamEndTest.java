package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However an upstream ends its stream, the client's ends exactly once and never pretends to be whole. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class StreamEndTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String TEXT =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"begun\"}}]}\n\n";
    private static final String STOP =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String MESSAGE = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"begun"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            """;
    private static final String MESSAGE_STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

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
    @ValueSource(
            strings = {
                "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"gar",
                "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"gar\n",
                "data: [DO",
                "dat"
            })
    void closedInsideAnEvent_isATypedErrorWithoutThatEvent(String part) {
        openai.then(Script.stream(TEXT + part));
        String answer = post(CHAT, "gpt-4o");
        assertThat(answer).startsWith(TEXT + "data: {\"error\":{").endsWith("}\n\n");
        assertThat(answer).doesNotContain("gar", "[DO", "dat\n");
    }

    @Test
    void closedInsideAnEvent_ofMessages_isATypedErrorWithoutThatEvent() {
        anthropic.then(Script.stream(MESSAGE + "event: message_delta\ndata: {\"type\":\"message_delta\",\"del"));
        assertThat(post(MESSAGES, "claude-sonnet-4-5"))
                .startsWith(MESSAGE + "event: error\ndata: {\"type\":\"error\",")
                .doesNotContain("message_delta", "message_stop");
    }

    @Test
    void closedInsideAnEvent_whereItMustBeTranslated_isATypedError() {
        openai.then(Script.stream(TEXT + "data: {\"id\":\"c1\",\"choices\":[{\"ind"));
        assertThat(post(MESSAGES, "gpt-4o"))
                .contains("begun", "event: error\ndata: {\"type\":\"error\",")
                .doesNotContain("message_stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oops", "{\"id\":", "[1]", "{\"choices\":[{\"delta\":{\"content\":\"gar\"}]}"})
    void malformedChunkAfterText_isATypedError(String data) {
        openai.then(Script.stream(TEXT + "data: " + data + "\n\n" + STOP + DONE));
        assertThat(post(CHAT, "gpt-4o"))
                .startsWith(TEXT + "data: {\"error\":{")
                .doesNotContain("oops", "gar", "finish_reason", "[DONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]", "data: [DONE]\n", "data:[DONE]"})
    void lastEventWithoutBlankLine_isDeliveredWithIt(String done) {
        openai.then(Script.stream(TEXT + STOP + done));
        String answer = post(CHAT, "gpt-4o");
        assertThat(answer).startsWith(TEXT + STOP + done).endsWith("\n\n");
        assertThat(answer).containsOnlyOnce("[DONE]").doesNotContain("error");
    }

    @Test
    void chat_endedWithoutDone_getsExactlyOne() {
        openai.then(Script.stream(TEXT + STOP));
        assertThat(post(CHAT, "gpt-4o")).isEqualTo(TEXT + STOP + DONE);
    }

    @Test
    void chat_brokenOffAfterItsFinish_isNoWholeAnswer() {
        openai.then(Script.stream().send(TEXT + STOP).cut());
        assertThat(post(CHAT, "gpt-4o")).startsWith(TEXT + STOP).doesNotContain("[DONE]");
    }

    @Test
    void messages_endedWithoutStop_getsExactlyOne() {
        String delta = delta("\"end_turn\"");
        anthropic.then(Script.stream(MESSAGE + delta));
        assertThat(post(MESSAGES, "claude-sonnet-4-5")).isEqualTo(MESSAGE + delta + MESSAGE_STOP);
    }

    @Test
    void messages_endedWithoutStopReason_isCut() {
        String delta = delta("null");
        anthropic.then(Script.stream(MESSAGE + delta));
        assertThat(post(MESSAGES, "claude-sonnet-4-5"))
                .startsWith(MESSAGE + delta + "event: error\n")
                .doesNotContain("message_stop");
    }

    @ParameterizedTest
    @CsvSource({CHAT + ",[DONE]", MESSAGES + ",message_stop"})
    void upstreamSendsOnAfterItsEnd_clientIsDone_andTheUpstreamIsClosed(String path, String end) {
        AtomicInteger sent = new AtomicInteger();
        openai.then(Script.stream()
                .send(TEXT + STOP + DONE)
                .flood(Buffer.buffer(": more\n\n" + TEXT), Integer.MAX_VALUE, sent));
        String answer = post(path, "gpt-4o");
        assertThat(answer).containsOnlyOnce("begun");
        assertThat(answer.stripTrailing().lines().reduce("", (before, line) -> line))
                .contains(end);
        openai.take().awaitClosed();
    }

    private static String delta(String reason) {
        return "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":" + reason
                + ",\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}}\n\n";
    }

    private static String post(String path, String model) {
        return GatewayClient.post(
                        path,
                        "{\"model\":\"" + model
                                + "\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                .body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", ""})
    void streamOfEvents_withAnotherContentType_isStillOne(String type) {
        openai.then(Script.stream()
                .header("content-type", type)
                .send(TEXT + STOP + DONE)
                .end());
        assertThat(GatewayClient.post(CHAT, stream("gpt-4o")).body()).isEqualTo(TEXT + STOP + DONE);
        openai.then(Script.stream()
                .header("content-type", type)
                .send(TEXT + STOP + DONE)
                .end());
        assertThat(GatewayClient.post(MESSAGES, stream("gpt-4o")).body())
                .contains("\"text\":\"begun\"")
                .endsWith(MESSAGE_STOP);
    }

    @Test
    void streamOfEvents_thatSaysItIsJson_isPutTogetherForAWholeAnswer() {
        openai.then(Script.json(TEXT + STOP + DONE));
        assertThat(GatewayClient.post(CHAT, stream("gpt-4o").replace("true", "false"))
                        .body())
                .contains("\"content\":\"begun\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/json"})
    void wholeAnswer_whateverItsContentType_becomesAStream(String type) {
        openai.then(Script.json(
                        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"begun\"},\"finish_reason\":\"stop\"}]}")
                .header("content-type", type));
        assertThat(GatewayClient.post(MESSAGES, stream("gpt-4o")).body())
                .contains("\"text\":\"begun\"")
                .endsWith(MESSAGE_STOP);
    }

    /** Big enough to be worked on beside the event loop; a broken one as well. */
    @ParameterizedTest
    @CsvSource({CHAT + ",'}',[DONE]", MESSAGES + ",'}',message_stop", CHAT + ",'',not JSON", MESSAGES + ",'',not JSON"})
    void bigWholeAnswer_becomesAStream(String path, String rest, String end) {
        String words = "word ".repeat(60_000);
        String whole = "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + words
                + "\"},\"finish_reason\":\"stop\"}]" + rest;
        openai.otherwise(Script.json(whole));
        HttpResponse<String> response = GatewayClient.post(path, stream("gpt-4o"));
        assertThat(response.statusCode()).isEqualTo(rest.isEmpty() ? 502 : 200);
        assertThat(response.body()).contains(end);
        assertThat(response.body().contains(words)).isEqualTo(!rest.isEmpty());
    }

    /** E9. */
    @ParameterizedTest
    @CsvSource({CHAT + ",[DONE]", MESSAGES + ",message_stop"})
    void wholeAnswerOfGemini_becomesAStreamOfTheClientsDialect(String path, String end) {
        openai.then(Script.json("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"whole\"}]},"
                + "\"finishReason\":\"STOP\",\"index\":0}],\"responseId\":\"r1\"}"));
        HttpResponse<String> response = GatewayClient.post(path, stream("gemini-2.5-flash"));
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.body()).contains("whole", end);
    }

    @Test
    void page_inPlaceOfAStream_is502() {
        for (int i = 0; i < 4; i++) {
            openai.then(Script.stream("<html>login</html>"));
        }
        HttpResponse<String> response = GatewayClient.post(CHAT, stream("gpt-4o"));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("web page").doesNotContain("login");
    }

    private static String stream(String model) {
        return "{\"model\":\"" + model
                + "\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
