package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no conversation goes to a provider that serves it, as it is. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class ForwardTest {
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String TRANSCRIPTIONS = "/v1/audio/transcriptions";
    private static final String EMBED = "{ \"input\":\"hi\" , \"model\":\"embed\", \"dimensions\":3.0}";
    private static final String ANSWER = "{\"object\":\"list\",\"data\":[],\"model\":\"text-embedding-3-small\"}";
    private static final String BOUNDARY = "----form-4711";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @BeforeEach
    void reset() {
        openai.reset();
    }

    /** Rows 71 and X-10. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/embeddings", "/embeddings", "/openai/v1/embeddings"})
    void embeddings_onlyTheAliasAndTheKeyChange(String path) {
        openai.then(
                Script.json(ANSWER).header("x-ratelimit-limit-requests", "9").header("set-cookie", "a=b"));
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request(path + "?user=a%20b&key=client-key-1")
                .header("cookie", "secret=1")
                .POST(BodyPublishers.ofString(EMBED))
                .build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("x-ratelimit-limit-requests")).contains("9");
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
        Received received = openai.take();
        assertThat(received.uri()).isEqualTo("/forwarding/v1/embeddings?user=a%20b");
        assertThat(received.text()).isEqualTo(EMBED.replace("embed", "text-embedding-3-small"));
        assertThat(received.header("authorization")).startsWith("Bearer sk-forward-");
        assertThat(received.headers().contains("cookie")).isFalse();
    }

    @Test
    void speech_isPassedOnByteByByteWhileItComes() throws IOException {
        CompletableFuture<Void> rest = new CompletableFuture<>();
        Buffer first = Buffer.buffer(random(1000));
        Buffer second = Buffer.buffer(random(5000));
        openai.then(Script.stream()
                .header("content-type", "audio/mpeg")
                .send(first)
                .await(rest)
                .send(second)
                .end());
        try (var stream = GatewayClient.open("/v1/audio/speech", "{\"model\":\"say\",\"input\":\"Hello\"}")) {
            assertThat(stream.response().headers().firstValue("content-type")).contains("audio/mpeg");
            assertThat(stream.response().body().readNBytes(1000)).isEqualTo(first.getBytes());
            rest.complete(null);
            assertThat(stream.response().body().readAllBytes()).isEqualTo(second.getBytes());
        }
        assertThat(openai.take().text()).contains("\"gpt-4o-mini-tts\"");
    }

    /** Rows 71 and X-11. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transcription_largerThanAnyBuffer_arrivesAsItWasSent(boolean lengthKnown) {
        byte[] form = form("whisper-1", random(21 * 1024 * 1024));
        openai.then(Script.json("{\"text\":\"Hello\"}"));
        HttpRequest.BodyPublisher publisher = lengthKnown
                ? BodyPublishers.ofByteArray(form)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form));
        HttpResponse<String> response =
                GatewayClient.send(upload().POST(publisher).build());
        assertThat(response.body()).isEqualTo("{\"text\":\"Hello\"}");
        Received received = openai.take();
        assertThat(received.uri()).isEqualTo("/forwarding/v1/audio/transcriptions");
        assertThat(received.header("content-type")).isEqualTo("multipart/form-data; boundary=" + BOUNDARY);
        assertThat(received.header("content-length")).isEqualTo(lengthKnown ? String.valueOf(form.length) : null);
        assertThat(received.bytes()).isEqualTo(form);
    }

    @Test
    void transcriptionWithAnAlias_bearsTheProvidersName() {
        byte[] audio = random(100_000);
        openai.then(Script.json("{}"));
        GatewayClient.send(
                upload().POST(BodyPublishers.ofByteArray(form("say", audio))).build());
        assertThat(openai.take().bytes()).isEqualTo(form("gpt-4o-mini-tts", audio));
    }

    @Test
    void modelInAHeader_leavesTheFormAlone() {
        byte[] form = form("anything", random(10));
        openai.then(Script.json("{}"));
        HttpResponse<String> response = GatewayClient.send(upload().header("x-model", "whisper-1")
                .POST(BodyPublishers.ofByteArray(form))
                .build());
        assertThat(response.statusCode()).isEqualTo(200);
        Received received = openai.take();
        assertThat(received.bytes()).isEqualTo(form);
        assertThat(received.headers().contains("x-model")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"100000, x-model", "100, is required"})
    void formWithoutAModelNearItsBegin_isRefused(int size, String hint) {
        byte[] form = (part("file\"; filename=\"a.mp3") + "a".repeat(size) + "\r\n--" + BOUNDARY + "--\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        HttpResponse<String> response = GatewayClient.send(
                upload().POST(BodyPublishers.ofByteArray(form)).build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"model\"").contains(hint);
        assertThat(openai.untaken()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"/v1/embeddings, gpt-4o", "/v1/images/generations, embed", "/v1/rerank, nobody", "/v1/moderations, demo"
    })
    void modelThatNobodyServesThere_isNotFound(String path, String model) {
        HttpResponse<String> response = GatewayClient.post(path, "{\"model\":\"" + model + "\",\"input\":\"x\"}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("'" + model + "'").contains("model_not_found");
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void modelWithoutTheService_ofAnUpload_isNotFound() {
        HttpResponse<String> response =
                GatewayClient.send(upload().POST(BodyPublishers.ofByteArray(form("gpt-4o", random(300_000))))
                        .build());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(openai.untaken()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"input\":\"x\"} | model", "{\"model\": | JSON", "[1] | JSON", "{\"model\":7} | model"})
    void bodyWithoutAModel_isABadRequest(String body, String named) {
        HttpResponse<String> response = GatewayClient.post(EMBEDDINGS, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(named).contains("invalid_request_error");
    }

    @Test
    void firstKeyIsBusy_secondServes() {
        openai.then(Script.status(429).body("{\"error\":{\"message\":\"slow down\"}}"))
                .then(Script.json(ANSWER));
        HttpResponse<String> response = GatewayClient.post(EMBEDDINGS, EMBED);
        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(openai.take().header("authorization"))
                .isNotEqualTo(openai.take().header("authorization"))
                .startsWith("Bearer sk-forward-");
        assertThat(response.headers().firstValue("x-gateway-attempts"))
                .contains("forwarding/text-embedding-3-small=429, forwarding/text-embedding-3-small=ok");
    }

    @Test
    void ourKeysRefused_doNotLookLikeTheClientsKey() {
        for (int i = 0; i < 2; i++) {
            openai.then(Script.status(401).body("{\"error\":{\"message\":\"Incorrect API key: sk-forward-1\"}}"));
        }
        HttpResponse<String> response = GatewayClient.post(EMBEDDINGS, EMBED);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("upstream_auth").doesNotContain("sk-forward");
    }

    @Test
    void uploadThatFails_isNotSentAgain() {
        openai.then(Script.status(503).body("{\"error\":{\"message\":\"busy\"}}"));
        HttpResponse<String> response =
                GatewayClient.send(upload().POST(BodyPublishers.ofByteArray(form("whisper-1", random(10))))
                        .build());
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("busy");
        openai.take();
        assertThat(openai.untaken()).isZero();
    }

    @Test
    void clientLeavesInTheMiddle_upstreamSeesTheClose() {
        openai.then(Script.stream().send("begun").await(new CompletableFuture<>()));
        try (var stream = GatewayClient.open("/v1/audio/speech", "{\"model\":\"say\"}")) {
            stream.readUntil("begun");
        }
        openai.take().awaitClosed();
    }

    @Test
    void clientLeavesBeforeTheAnswer_upstreamSeesTheClose() {
        openai.then(Script.stream().await(new CompletableFuture<>()));
        var answer = GatewayClient.postLater(EMBEDDINGS, EMBED);
        Received received = openai.take();
        answer.cancel(true);
        received.awaitClosed();
    }

    @Test
    void clientLeavesInTheMiddleOfItsUpload_upstreamSeesTheClose() throws IOException {
        URI gateway = URI.create(GatewayClient.baseUrl());
        Received received;
        try (Socket client = new Socket(gateway.getHost(), gateway.getPort())) {
            String head = "POST " + TRANSCRIPTIONS + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                    + Upstreams.ACCESS_KEY + "\r\ncontent-type: multipart/form-data; boundary=" + BOUNDARY
                    + "\r\ncontent-length: 1000000\r\n\r\n" + part("model") + "whisper-1\r\n" + part("file");
            client.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().flush();
            received = openai.takeBegun();
        }
        received.awaitClosed();
        assertThat(openai.untaken()).as("uploads that look whole").isZero();
    }

    @Test
    void providerRefusesBeforeTheEndOfAnUpload_clientIsToldAndNothingIsLeftOpen() {
        openai.then(Script.status(400).atOnce().body("{\"error\":{\"message\":\"too long a song\"}}"));
        HttpResponse<String> response = GatewayClient.send(
                upload().POST(BodyPublishers.ofByteArray(form("whisper-1", random(21 * 1024 * 1024))))
                        .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("too long a song");
        openai.takeBegun().awaitClosed();
    }

    @Test
    void providerBreaksOffInTheMiddle_clientCannotTakeItForTheWhole() {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        openai.then(Script.stream()
                .header("content-type", "audio/mpeg")
                .send("half")
                .await(seen)
                .cut());
        try (var stream = GatewayClient.open("/v1/audio/speech", "{\"model\":\"say\"}")) {
            stream.readUntil("half");
            seen.complete(null);
            assertThat(catchThrowable(() -> stream.response().body().readAllBytes()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static HttpRequest.Builder upload() {
        return GatewayClient.request(TRANSCRIPTIONS)
                .setHeader("content-type", "multipart/form-data; boundary=" + BOUNDARY);
    }

    private static byte[] form(String model, byte[] audio) {
        Buffer form = Buffer.buffer(part("language") + "en\r\n" + part("model") + model + "\r\n");
        form.appendString(part("file\"; filename=\"a.mp3"));
        form.appendBytes(audio).appendString("\r\n--" + BOUNDARY + "--\r\n");
        return form.getBytes();
    }

    private static String part(String name) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
