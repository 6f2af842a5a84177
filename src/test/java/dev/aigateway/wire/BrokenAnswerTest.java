package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers that are none: the client gets an honest error, or the answer of another candidate. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class BrokenAnswerTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String OK = "{\"id\":\"ok\",\"model\":\"two-step\",\"choices\":[]}";
    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    @Upstreams.Inject
    RawUpstream raw;

    @BeforeEach
    void reset() {
        openai.reset();
        anthropic.reset();
        raw.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>login</html>",
                "{\"id\":\"cut\",\"choices\":[{\"index\":0,\"mess",
                "{\"id\":\"twice\"}{\"id\":\"twice\"}",
                "{\"id\":\"empty\",\"usage\":null}",
                "{}",
                ""
            })
    void answerIsNone_nextCandidateServes(String body) {
        raw.then(HEAD + "connection: close\r\n\r\n" + body);
        openai.then(Script.json(OK));
        HttpResponse<String> response = GatewayClient.post(CHAT, body("two-step"));
        assertThat(response.body()).isEqualTo(OK);
        assertThat(raw.asked()).isOne();
        assertThat(openai.take().uri()).isEqualTo("/backup/v1/chat/completions");
    }

    @Test
    void answerIsShorterThanAnnounced_nextCandidateServes() {
        raw.then(HEAD + "content-length: 100\r\n\r\n{\"id\":\"cut\"}");
        openai.then(Script.json(OK));
        assertThat(GatewayClient.post(CHAT, body("two-step")).body()).isEqualTo(OK);
    }

    @Test
    void answerIsCompressed_nextCandidateServes() {
        raw.then(HEAD + "content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}");
        openai.then(Script.json(OK));
        assertThat(GatewayClient.post(CHAT, body("two-step")).body()).isEqualTo(OK);
    }

    @Test
    void everyAnswerIsHtml_is502_inBothDialects() {
        for (int i = 0; i < 2; i++) {
            openai.then(html());
            anthropic.then(html());
        }
        HttpResponse<String> chat = GatewayClient.post(CHAT, body("gpt-4o"));
        assertThat(chat.statusCode()).isEqualTo(502);
        assertThat(chat.body()).startsWith("{\"error\":{\"message\":").doesNotContain("login");
        HttpResponse<String> messages = GatewayClient.post(MESSAGES, body("claude-sonnet-4-5"));
        assertThat(messages.statusCode()).isEqualTo(502);
        assertThat(messages.body()).startsWith("{\"type\":\"error\",").doesNotContain("login");
    }

    @Test
    void answerIsHtml_whereItMustBeTranslated_is502() {
        openai.then(html()).then(html());
        HttpResponse<String> response = GatewayClient.post(MESSAGES, body("gpt-4o"));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).startsWith("{\"type\":\"error\",").doesNotContain("login");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyAnswerIsCompressedInAnUnknownWay_is502_andIsNotAskedForAgain(boolean stream) {
        openai.then(Script.status(200).header("content-encoding", "br").body("{}"));
        HttpResponse<String> response =
                GatewayClient.post(CHAT, body("gpt-4o").replace("{\"model\"", "{\"stream\":" + stream + ",\"model\""));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("encoded as br");
        openai.take();
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void longErrorBody_leavesTheStatusAsItIs_andIsAskedForOnce() {
        openai.then(Script.status(422)
                .body("{\"error\":{\"message\":\"" + "x".repeat(300 * 1024) + "\",\"type\":\"invalid\"}}"));
        HttpResponse<String> response = GatewayClient.post(CHAT, body("gpt-4o"));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).startsWith("{\"error\":{").hasSizeLessThan(8 * 1024);
        openai.take();
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void errorBodyThatBreaksOff_leavesTheStatusAsItIs() {
        raw.then("HTTP/1.1 422 No\r\ncontent-length: 100\r\n\r\n{\"error\"");
        HttpResponse<String> response = GatewayClient.post(CHAT, body("two-step"));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(raw.asked()).isOne();
        assertThat(openai.untaken()).isZero();
    }

    private static Script html() {
        return Script.status(200).header("content-type", "text/html").body("<html>login</html>");
    }

    private static String body(String model) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
