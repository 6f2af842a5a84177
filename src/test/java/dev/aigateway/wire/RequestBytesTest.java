package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a request decides where it goes, and what of it must not. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class RequestBytesTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String TURNS = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\","
                    + "\"content\":[],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";

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
    void modelSpelledWithEscapes_isRoutedByItsRealName() {
        openai.then(Script.json("{\"id\":\"c1\",\"model\":\"gpt-4.1-mini\",\"choices\":[]}"));
        String body = "{\"mod\\u0065l\":\"m\\u0069ni\"," + TURNS + "}";
        HttpResponse<String> response = GatewayClient.post(CHAT, body);
        assertThat(response.body()).contains("\"model\":\"mini\"");
        assertThat(openai.take().text()).isEqualTo(body.replace("\"m\\u0069ni\"", "\"gpt-4.1-mini\""));
    }

    @Test
    void secondModelSpelledWithEscapes_isRefused() {
        for (String names : new String[] {
            "\"mod\\u0065l\":\"gpt-4o\",\"model\":\"demo\",", "\"model\":\"demo\",\"\\u006dodel\":\"gpt-4o\","
        }) {
            HttpResponse<String> response = GatewayClient.post(CHAT, "{" + names + TURNS + "}");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("model: must be given only once");
        }
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void streamSpelledWithEscapes_meansAStream() {
        HttpResponse<String> response =
                GatewayClient.post(CHAT, "{\"model\":\"demo\",\"str\\u0065am\":true," + TURNS + "}");
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void severalBetaHeaders_reachTheUpstreamAsOne() {
        anthropic.then(Script.json(MESSAGE));
        GatewayClient.send(GatewayClient.request(MESSAGES)
                .header("anthropic-beta", "one,two")
                .header("anthropic-beta", "three")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9," + TURNS + "}"))
                .build());
        assertThat(anthropic.take().headers().getAll("anthropic-beta")).containsExactly("one,two,three");
    }

    @Test
    void foreignSignatureInTheHistory_neverReachesTheUpstream() {
        anthropic.then(Script.json(MESSAGE));
        GatewayClient.post(
                MESSAGES,
                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                        + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"gw1.openai.eyJkIjoieCJ9\"},"
                        + "{\"type\":\"thinking\",\"thinking\":\"own\",\"signature\":\"EqAB\"},{\"type\":\"text\",\"text\":\"Hello\"}]},"
                        + "{\"role\":\"user\",\"content\":\"and now?\"}]}");
        assertThat(anthropic.take().text())
                .isEqualTo(
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"own\",\"signature\":\"EqAB\"},"
                                + "{\"type\":\"text\",\"text\":\"Hello\"}]},{\"role\":\"user\",\"content\":\"and now?\"}]}");
    }

    @Test
    void textThatOnlyLooksLikeAForeignSignature_reachesTheUpstreamUntouched() {
        anthropic.then(Script.json(MESSAGE));
        String body = "{ \"model\":\"claude-sonnet-4-5\", \"max_tokens\":9,\"x\":1.0, \"messages\":[{\"role\":\"user\","
                + "\"content\":\"gw1. is the prefix\"}, {\"role\":\"user\",\"content\":\"what is gw1.openai.x?\"}]}";
        GatewayClient.post(MESSAGES, body);
        assertThat(anthropic.take().text()).isEqualTo(body);
    }
}
