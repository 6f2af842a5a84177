package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every protocol that clients speak: where it is served, and how it says no (behaviour reference, 17.4 and 17.5). */
@QuarkusTest
@QuarkusTestResource(value = ProtocolUpstreams.class, restrictToAnnotatedClass = true)
class ProtocolTest {
    private static final String PART = "[{\"role\":\"user\",\"parts\":[{\"text\":\"ping\"}]}]";
    private static final String TURN = "[{\"role\":\"user\",\"content\":\"ping\"}]";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    /** A protocol, what it asks with, what its answers and its errors look like. */
    enum Protocol {
        CHAT(
                "/v1/chat/completions",
                "\"messages\":" + TURN,
                "\"object\":\"chat.completion\"",
                "{\"error\":{\"message\":"),
        MESSAGES(
                "/v1/messages",
                "\"max_tokens\":9,\"messages\":" + TURN,
                "\"type\":\"message\"",
                "{\"type\":\"error\",\"error\":{\"type\":"),
        RESPONSES("/v1/responses", "\"input\":\"ping\"", "\"object\":\"response\"", "{\"error\":{\"message\":"),
        GEMINI(
                "/v1beta/models/MODEL:generateContent",
                "\"contents\":" + PART,
                "\"candidates\"",
                "{\"error\":{\"code\":");

        final String path;
        final String content;
        final String answer;
        final String error;

        Protocol(String path, String content, String answer, String error) {
            this.path = path;
            this.content = content;
            this.answer = answer;
            this.error = error;
        }

        String path(String model) {
            return path.replace("MODEL", model);
        }

        String body(String model) {
            return "{" + (this == GEMINI || model.isEmpty() ? "" : "\"model\":\"" + model + "\",") + content + "}";
        }
    }

    @BeforeEach
    void reset() {
        openai.reset();
        anthropic.reset();
    }

    /** Rows 58, 59, 60, 63, 64, 68, 69 and 70. */
    @ParameterizedTest
    @MethodSource("spellings")
    void protocol_isServed_atEachOfItsPaths(Protocol protocol, String path) {
        HttpResponse<String> response = GatewayClient.post(path, protocol.body("demo"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains(protocol.answer, "ping");
    }

    static Stream<Arguments> spellings() {
        return Arrays.stream(Protocol.values()).flatMap(protocol -> {
            String path = protocol.path("demo");
            String bare = path.replaceFirst("/v1(beta)?", "");
            Stream<String> others = protocol == Protocol.GEMINI
                    ? Stream.of("/v1" + bare, "/v1beta" + path)
                    : Stream.of(bare, "/v1" + path, "/claude" + path, "/openai" + path);
            return Stream.concat(Stream.of(path), others).map(spelling -> Arguments.of(protocol, spelling));
        });
    }

    /** Row 68. */
    @ParameterizedTest
    @ValueSource(strings = {"/claude/v1/models", "/openai/v1/models"})
    void modelsBehindAPrefix_areOurs(String path) {
        assertThat(GatewayClient.send(GatewayClient.request(path).GET().build()).body())
                .isEqualTo(GatewayClient.send(
                                GatewayClient.request("/v1/models").GET().build())
                        .body())
                .contains("\"demo\"");
    }

    /** Rows 72 and X-01: Fields that look like those of another protocol do not mislead. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/chat/completions | \"top_k\":5,\"system\":\"s\",\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}] | chat.completion",
                "/v1/messages | \"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}] | \"type\":\"message\"",
                "/v1/responses | \"messages\":[],\"input\":\"ping\" | \"object\":\"response\""
            })
    void path_decidesTheProtocol_andNotTheBody(String path, String content, String form) {
        HttpResponse<String> response = GatewayClient.post(path, "{\"model\":\"demo\"," + content + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains(form);
    }

    /** Rows 72 and X-01. */
    @Test
    void embeddingsWithInput_areNoResponses() {
        openai.then(Script.json("{\"object\":\"list\",\"data\":[]}"));
        GatewayClient.post("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"ping\"}");
        assertThat(openai.take().uri()).isEqualTo("/forwarding/v1/embeddings");
    }

    /** Rows 65 and 66. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"?alt=sse, data: {", "``, [{"})
    void geminiStream_comesPieceByPiece_inTheFormThatWasAskedFor(String query, String beginning) throws IOException {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        String chunk = "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}%s}]}\n\n";
        openai.then(Script.stream()
                .send(chunk.formatted("one", ""))
                .await(goOn)
                .send(chunk.formatted("two", ",\"finish_reason\":\"stop\"") + "data: [DONE]\n\n")
                .end());
        String path = "/v1beta/models/gpt-4o:streamGenerateContent" + query;
        try (GatewayClient.LiveStream stream = GatewayClient.open(path, Protocol.GEMINI.body(""))) {
            assertThat(stream.readUntil("one")).startsWith(beginning);
            goOn.complete(null);
            assertThat(new String(stream.response().body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("two")
                    .doesNotContain("[DONE]");
        }
    }

    /** Row 62: nearly no provider has that path any more, so it is put to it as a conversation (docs/differences.md). */
    @Test
    void legacyCompletion_isAConversationForTheProvider_andOneOfTheOldFormForTheClient() {
        openai.then(Script.json(Answers.CHAT));
        HttpResponse<String> response =
                GatewayClient.post("/v1/completions", "{\"model\":\"mini\",\"prompt\":\"ping\",\"max_tokens\":9}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"object\":\"text_completion\"", "\"model\":\"mini\"", "\"text\":\"Hello");
        Received received = openai.take();
        assertThat(received.uri()).isEqualTo("/v1/chat/completions");
        assertThat(received.text()).contains("\"model\":\"gpt-4.1-mini\"", "ping");
    }

    /** Row 61. */
    @Test
    void compaction_goesToAProviderThatSpeaksResponses_asItIs() {
        openai.then(Script.json("{\"object\":\"response.compaction\", \"output\":[]}"));
        String body = "{\"model\":\"gpt-5-responses\", \"input\":\"ping\", \"own\":1.0}";
        assertThat(GatewayClient.post("/v1/responses/compact", body).body())
                .isEqualTo("{\"object\":\"response.compaction\", \"output\":[]}");
        Received received = openai.take();
        assertThat(received.uri()).isEqualTo("/v1/responses/compact");
        assertThat(received.text()).isEqualTo(body);
        for (String model : List.of("gpt-4o", "demo")) {
            HttpResponse<String> other =
                    GatewayClient.post("/v1/responses/compact", body.replace("gpt-5-responses", model));
            assertThat(other.statusCode()).isEqualTo(404);
            assertThat(other.body()).contains("No provider serves compaction with the model '" + model + "'");
        }
    }

    /** Rows 79 and R-12. */
    @ParameterizedTest
    @ValueSource(strings = {"base-1", "base-2", "base-3", "base-4"})
    void baseUrl_inAnySpelling_isTheSame(String model) {
        openai.then(Script.json(Answers.CHAT));
        GatewayClient.post(Protocol.CHAT.path, Protocol.CHAT.body(model));
        assertThat(openai.take().uri()).isEqualTo("/v1/chat/completions");
    }

    /** Rows 87 and R-25. */
    @ParameterizedTest
    @EnumSource
    void wrongKey_is401_inTheProtocol(Protocol protocol) {
        HttpResponse<String> response =
                GatewayClient.send(HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + protocol.path("demo")))
                        .header("authorization", "Bearer wrong")
                        .POST(HttpRequest.BodyPublishers.ofString(protocol.body("demo")))
                        .build());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).startsWith(protocol.error);
    }

    /** Rows 88 and R-25. */
    @ParameterizedTest
    @EnumSource
    void brokenJson_is400_inTheProtocol(Protocol protocol) {
        HttpResponse<String> response = GatewayClient.post(protocol.path("demo"), "{\"model\":\"demo\",");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith(protocol.error);
    }

    /** Rows 89 and R-25; Gemini has the model in its path. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GEMINI")
    void missingModel_is400_inTheProtocol(Protocol protocol) {
        HttpResponse<String> response = GatewayClient.post(protocol.path, protocol.body(""));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith(protocol.error).contains("model");
    }

    /** Rows 90 and R-25. */
    @ParameterizedTest
    @EnumSource
    void unknownModel_is404_inTheProtocol(Protocol protocol) {
        HttpResponse<String> response = GatewayClient.post(protocol.path("nobody"), protocol.body("nobody"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith(protocol.error).contains("nobody");
    }

    /** Rows 92, G-10 and R-25. */
    @ParameterizedTest
    @EnumSource
    void errorOfTheProvider_isToldInTheProtocol_withItsStatusAndWords(Protocol protocol) {
        anthropic.then(
                Script.status(400)
                        .body(
                                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"max_tokens: too large\"}}"));
        HttpResponse<String> response =
                GatewayClient.post(protocol.path("claude-sonnet-4-5"), protocol.body("claude-sonnet-4-5"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith(protocol.error).contains("max_tokens: too large");
    }

    /** Row 95. */
    @ParameterizedTest
    @EnumSource
    void providerThatIsNotThere_is502_thatNamesIt(Protocol protocol) {
        HttpResponse<String> response =
                GatewayClient.post(protocol.path("nobody-there"), protocol.body("nobody-there"));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .startsWith(protocol.error)
                .contains("switched-off")
                .doesNotContain("Exception", "\\tat ");
    }

    /** Rows 91 and R-03. */
    @ParameterizedTest
    @CsvSource({"-1, 200", "0, 200", "1, 413", "-7000000, 200"})
    void body_upToTheLimit_isServed(int over, int status) {
        openai.then(Script.json(Answers.CHAT));
        String body = Protocol.CHAT.body("gpt-4o");
        String longer = body.replace(
                "ping", "p" + " ".repeat(ProtocolUpstreams.MAX_BODY_BYTES + over - body.length() + 2) + "g");
        assertThat(longer).hasSize(ProtocolUpstreams.MAX_BODY_BYTES + over);
        HttpResponse<String> response = GatewayClient.post(Protocol.CHAT.path, longer);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{");
    }
}
