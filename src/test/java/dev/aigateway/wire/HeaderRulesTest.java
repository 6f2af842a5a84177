package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers pass, whose key is sent, and how bodies may be packed. */
@QuarkusTest
@QuarkusTestResource(value = NetworkUpstreams.class, restrictToAnnotatedClass = true)
class HeaderRulesTest {
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";
    private static final String CHAT_STREAM =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: [DONE]\n\n";

    @Upstreams.Inject
    ScriptedUpstream up;

    @BeforeEach
    void reset() {
        up.reset();
    }

    /** Rows 85, G-09 and R-13. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions"})
    void nothingOfTheClient_butWhatTheConfigurationNames_goesUpstream(String path) {
        up.then(Script.json(MESSAGE));
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request(path)
                .header("x-trace", "t1")
                .header("referer", "http://private")
                .header("cookie", "a=b")
                .header("x-forwarded-for", "10.0.0.1")
                .header("x-real-ip", "10.0.0.1")
                .header("forwarded", "for=10.0.0.1")
                .header("x-other", "o")
                .POST(BodyPublishers.ofString(body("claude", false)))
                .build());
        assertThat(response.statusCode()).isEqualTo(200);
        Received received = up.take();
        assertThat(received.headers().names())
                .doesNotContain(
                        "authorization", "referer", "cookie", "x-forwarded-for", "x-real-ip", "forwarded", "x-other");
        assertThat(received.header("x-trace")).isEqualTo("t1");
        assertThat(received.header("x-api-key")).isEqualTo("sk-ant");
        assertThat(received.header("x-org")).isEqualTo("acme");
        assertThat(received.headers().getAll("x-level")).containsExactly("provider");
        assertThat(received.header("x-dollar")).isEqualTo("$Trace");
    }

    @Test
    void forwardedHeader_withOurAccessKey_staysHere() {
        up.then(Script.json(MESSAGE));
        GatewayClient.send(GatewayClient.request("/v1/messages")
                .header("x-trace", "Bearer client-key-1")
                .POST(BodyPublishers.ofString(body("claude", false)))
                .build());
        assertThat(up.take().headers().contains("x-trace")).isFalse();
    }

    /** Whatever word or name stands beside it. */
    @ParameterizedTest
    @CsvSource({
        "x-trace, a client-key-1 b",
        "x-trace, key=client-key-1",
        "anthropic-beta, client-key-1",
        "anthropic-version, v client-key-1",
        "user-agent, claude-cli/1 client-key-1",
        "x-request-id, of-client-key-1"
    })
    void everyHeader_withOurAccessKeySomewhere_staysHere(String name, String value) {
        up.then(Script.json(MESSAGE));
        GatewayClient.send(GatewayClient.request("/v1/messages")
                .header(name, value)
                .POST(BodyPublishers.ofString(body("claude", false)))
                .build());
        assertThat(up.take().headers().toString()).doesNotContain("client-key-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token client-key-1", "key=client-key-1"})
    void callersKey_thatHoldsOurs_isNone(String value) {
        HttpResponse<String> response = GatewayClient.send(bare("/v1/messages")
                .header("x-gateway-key", "client-key-1")
                .header("authorization", value)
                .POST(BodyPublishers.ofString(body("callers", false)))
                .build());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(up.untaken()).isZero();
    }

    /** */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {"claude | mine,both | mine,both,configured-1 | t1", "closed | mine | none | none"})
    void betasOfTheClient_areMergedWithOurs_unlessDenied(String model, String beta, String expected, String trace) {
        up.then(Script.json(MESSAGE));
        GatewayClient.send(GatewayClient.request("/v1/messages")
                .header("anthropic-beta", beta)
                .header("anthropic-version", "2024-01-01")
                .header("x-trace", "t1")
                .POST(BodyPublishers.ofString(body(model, false)))
                .build());
        Received received = up.take();
        assertThat(received.header("anthropic-beta")).isEqualTo(expected);
        assertThat(received.header("x-trace")).isEqualTo(trace);
        assertThat(received.headers().getAll("anthropic-version")).containsExactly("2024-01-01");
    }

    /** */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void headersOfTheAnswer_passWhenNamed_neverCookies(boolean stream) {
        up.then((stream ? Script.stream(CHAT_STREAM) : Script.json("{\"id\":\"c1\",\"choices\":[]}"))
                .header("x-vendor", "v")
                .header("x-private", "p")
                .header("set-cookie", "a=b"));
        HttpResponse<String> response = GatewayClient.post("/v1/chat/completions", body("files", stream));
        assertThat(response.headers().allValues("X-Vendor")).containsExactly("v");
        assertThat(response.headers().firstValue("x-private")).isEmpty();
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
    }

    /** Rows 86, P-03 and X-12. */
    @ParameterizedTest
    @CsvSource({
        "/v1/messages, callers, authorization, Bearer zzz, x-api-key, zzz",
        "/v1/messages, callers, x-api-key, zzz, x-api-key, zzz",
        "/v1/messages, callers-chat, x-goog-api-key, zzz, authorization, Bearer zzz",
        "/v1/chat/completions, callers-chat, authorization, Bearer zzz, authorization, Bearer zzz"
    })
    void callersKey_isTheUpstreams_inItsOwnStyle(
            String path, String model, String carrier, String key, String header, String expected) {
        up.then(Script.json("{}"));
        GatewayClient.send(bare(path)
                .header("x-gateway-key", "client-key-1")
                .header(carrier, key)
                .POST(BodyPublishers.ofString(body(model, false)))
                .build());
        Received received = up.take();
        assertThat(received.header(header)).isEqualTo(expected);
        assertThat(received.headers().toString()).doesNotContain("client-key-1");
        assertThat(received.uri()).startsWith("/callers/");
    }

    /** Row 86. */
    @Test
    void callersKey_thatDidNotCome_is401_andOursIsNotSentInstead() {
        HttpResponse<String> response = GatewayClient.post("/v1/messages", body("callers", false));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("authentication_error").contains("x-gateway-key");
        assertThat(up.untaken()).isZero();
    }

    @Test
    void callersKey_refused_isTheCallersBusiness() {
        up.then(
                Script.status(401)
                        .body(
                                "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"no such key\"}}"));
        HttpResponse<String> response = GatewayClient.send(bare("/v1/messages")
                .header("x-gateway-key", "client-key-1")
                .header("x-api-key", "zzz")
                .POST(BodyPublishers.ofString(body("callers", false)))
                .build());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("no such key");
    }

    /** Rows 96 and X-08. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void packedRequest_isReadAndSentUnpacked(String coding) {
        up.then(Script.json("{\"id\":\"c1\",\"choices\":[]}"));
        HttpResponse<String> response = packed(coding, pack(coding, body("files", false)));
        assertThat(response.statusCode()).isEqualTo(200);
        Received received = up.take();
        assertThat(received.text()).isEqualTo(body("files", false));
        assertThat(received.headers().contains("content-encoding")).isFalse();
    }

    /** Row 96. */
    @Test
    void packedRequest_thatGrowsOverTheLimit_is413() {
        byte[] bomb = pack("gzip", "{\"model\":\"files\",\"x\":\"" + " ".repeat(20_000_000) + "\"}");
        assertThat(bomb.length).isLessThan(100 * 1024);
        HttpResponse<String> response = packed("gzip", bomb);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(up.untaken()).isZero();
    }

    /** Row 96: zstd and br are refused here (docs/differences.md). */
    @ParameterizedTest
    @CsvSource({"br, 415", "zstd, 415", "gzip, 400", "deflate, 400"})
    void packedRequest_thatCannotBeRead_isRefused(String coding, int status) {
        HttpResponse<String> response = packed(coding, body("files", false).getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("content-encoding");
    }

    @Test
    void packedRequest_thatBreaksOff_is400() {
        byte[] whole = pack("gzip", body("files", false));
        assertThat(packed("gzip", Arrays.copyOf(whole, whole.length - 12)).statusCode())
                .isEqualTo(400);
    }

    /** */
    @ParameterizedTest
    @CsvSource({"gzip, false", "deflate, false", "gzip, true"})
    void packedAnswer_thatNobodyAskedFor_isUnpacked(String coding, boolean stream) {
        String plain = stream ? CHAT_STREAM : "{\"id\":\"c1\",\"choices\":[]}";
        Script script = stream ? Script.stream() : Script.stream().header("content-type", "application/json");
        up.then(script.header("content-encoding", coding)
                .send(Buffer.buffer(pack(coding, plain)))
                .end());
        HttpResponse<String> response = GatewayClient.post("/v1/chat/completions", body("files", stream));
        assertThat(response.body()).isEqualTo(plain);
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12})
    void packedAnswer_thatIsNoneOrBreaksOff_is502(int missing) {
        String plain = "{\"id\":\"c1\",\"choices\":[]}";
        byte[] whole = missing == 0 ? plain.getBytes(StandardCharsets.UTF_8) : pack("gzip", plain);
        for (int key = 0; key < 2; key++) {
            up.then(Script.stream()
                    .header("content-type", "application/json")
                    .header("content-encoding", "gzip")
                    .send(Buffer.buffer(Arrays.copyOf(whole, whole.length - missing)))
                    .end());
        }
        HttpResponse<String> response = GatewayClient.post("/v1/chat/completions", body("files", false));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("compressed answer cannot be read");
    }

    private static HttpResponse<String> packed(String coding, byte[] body) {
        return GatewayClient.send(GatewayClient.request("/v1/chat/completions")
                .header("content-encoding", coding)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    private static byte[] pack(String coding, String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out =
                coding.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    private static HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + path))
                .header("content-type", "application/json");
    }

    private static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":5,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
