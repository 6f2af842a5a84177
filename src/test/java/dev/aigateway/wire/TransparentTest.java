package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through as it is. */
@QuarkusTest
@QuarkusTestResource(value = NetworkUpstreams.class, restrictToAnnotatedClass = true)
class TransparentTest {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int CHUNKS = 2000;
    /** What the sockets between client, gateway and upstream may hold at most, in chunks. */
    private static final int IN_SOCKETS = 640;

    @Upstreams.Inject
    ScriptedUpstream up;

    @Upstreams.Inject
    ScriptedUpstream other;

    @BeforeEach
    void reset() {
        up.reset();
        other.reset();
    }

    /** Rows 73, 74, 75 and 76, X-10, T-01, T-02, T-03. */
    @ParameterizedTest
    @CsvSource({
        "GET, /direct/v1, /v1",
        "GET, /direct/v1/, /v1/",
        "DELETE, /direct/v1/files/a%2Fb?x=1&y=%20&x=2, /v1/files/a%2Fb?x=1&y=%20&x=2",
        "PUT, /direct/v1/x, /v1/x",
        "PATCH, /common/v1/x?, /common/v1/x?",
        "OPTIONS, /common/v1/chat/completions, /common/v1/chat/completions",
        "PROPFIND, /direct/v1/x?key=client-key-1&key=other, /v1/x?key=other",
        "GET, /direct/v1/x?a=b;key=client-key-1;c=%20, /v1/x?a=b&c=%20",
        "GET, /direct/v1/x?k%65y=client-key-1, /v1/x",
        "GET, /direct/v1/x?api_key=client-key-1&a=b, /v1/x?a=b",
        "GET, /direct/v1/x?a=b&token=Bearer+client%2Dkey-1, /v1/x?a=b",
        "GET, /direct/v1/x?client-key-1, /v1/x",
        "GET, /v1/files?api_key=client-key-1&a=b, /files/v1/files?a=b",
        "GET, /direct/v1/x?a=b;key=sk-own&c, /v1/x?a=b;key=sk-own&c",
        "GET, /direct/v1/a/../b, /v1/b",
        "GET, /v1/files, /files/v1/files",
        "DELETE, /v1/batches/b1?limit=2, /files/v1/batches/b1?limit=2",
        "POST, /v1/messages/batches, /files/v1/messages/batches"
    })
    void method_pathAndQuery_arriveAsTheyAre(String method, String target, String expected) {
        up.then(Script.json("{}"));
        String answer = RawClient.exchange(method, target, "authorization: Bearer client-key-1\r\n", "");
        assertThat(answer).startsWith("HTTP/1.1 200");
        Received received = up.take();
        assertThat(received.method()).isEqualTo(method);
        assertThat(received.uri()).isEqualTo(expected);
    }

    /** Row 74. */
    @Test
    void head_hasTheLengthAndNoBody() {
        up.then(Script.status(200).header("content-length", "1234").end());
        String answer = RawClient.exchange("HEAD", "/direct/v1/x", "x-api-key: client-key-1\r\n", "");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: 1234")
                .endsWith("\r\n\r\n");
        assertThat(up.take().method()).isEqualTo("HEAD");
    }

    /** Rows 73 and T-07. */
    @Test
    void headers_arriveAsTheyAre_butForThoseOfTheConnectionAndOfTheClientItself() {
        up.then(Script.json("{}"));
        RawClient.exchange(
                "POST",
                "/direct/v1/x",
                "x-gateway-key: client-key-1\r\nauthorization: Bearer sk-own\r\nX-MiXed: a\r\nx-twice: 1\r\nx-twice: 2\r\n"
                        + "connection: x-hop\r\nx-hop: h\r\nte: trailers\r\nkeep-alive: timeout=5\r\nproxy-foo: p\r\n"
                        + "referer: r\r\ncookie: c\r\nx-forwarded-host: f\r\nforwarded: f\r\nx-real-ip: i\r\n"
                        + "x-trace: client-key-1\r\nuser-agent: curl/8\r\naccept-encoding: br\r\n",
                "{}");
        Received received = up.take();
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-own");
        assertThat(received.headers().toString()).contains("X-MiXed=a");
        assertThat(received.headers().getAll("x-twice")).containsExactly("1", "2");
        assertThat(received.header("user-agent")).isEqualTo("curl/8");
        assertThat(received.header("accept-encoding")).isEqualTo("br");
        assertThat(received.header("host")).isEqualTo("127.0.0.1:" + up.port());
        assertThat(received.header("content-length")).isEqualTo("2");
        assertThat(received.header("x-org")).isEqualTo("acme");
        assertThat(received.headers().names())
                .doesNotContain(
                        "x-hop",
                        "te",
                        "keep-alive",
                        "proxy-foo",
                        "referer",
                        "cookie",
                        "x-forwarded-host",
                        "forwarded",
                        "x-real-ip",
                        "x-trace",
                        "x-gateway-key");
    }

    @ParameterizedTest
    @CsvSource({
        "authorization, Token client-key-1",
        "x-auth, key=client-key-1",
        "x-auth, a client-key-1 b",
        "cookie, session=client-key-1",
        "x-request-id, of-client-key-1"
    })
    void header_thatHoldsOurAccessKeyAmongOthers_staysHere(String name, String value) {
        up.then(Script.json("{}"));
        RawClient.exchange(
                "POST", "/common/v1/x", "x-gateway-key: client-key-1\r\n" + name + ": " + value + "\r\n", "{}");
        assertThat(up.take().headers().toString()).doesNotContain("client-key-1");
    }

    @Test
    void headerRules_ofAnEndpoint_openAndClose() {
        up.then(Script.json("{}").header("set-cookie", "s=1"));
        String answer = RawClient.exchange(
                "GET", "/common/v1/x", "x-api-key: client-key-1\r\ncookie: c\r\nx-secret: s\r\n", "");
        assertThat(answer).containsIgnoringCase("set-cookie: s=1");
        Received received = up.take();
        assertThat(received.header("cookie")).isEqualTo("c");
        assertThat(received.headers().contains("x-secret")).isFalse();
        assertThat(received.headers().contains("x-api-key")).isFalse();
        assertThat(received.headers().contains("content-length"))
                .as("a length that the client announced")
                .isTrue();
    }

    @Test
    void requestId_isTheClientsOwn_orNone() {
        up.otherwise(Script.json("{}"));
        GatewayClient.send(GatewayClient.request("/direct/v1/x").GET().build());
        assertThat(up.take().headers().contains("x-request-id")).isFalse();
        GatewayClient.send(GatewayClient.request("/direct/v1/x")
                .header("x-request-id", "mine")
                .GET()
                .build());
        assertThat(up.take().header("x-request-id")).isEqualTo("mine");
    }

    /** Rows 73, T-03 and T-07. */
    @ParameterizedTest
    @ValueSource(ints = {200, 202, 302, 404, 429, 500})
    void statusHeadersAndBytes_ofTheAnswer_comeBackAsTheyAre(int status) {
        byte[] bytes = random(3000);
        up.then(status(status)
                .header("location", "http://elsewhere")
                .header("content-encoding", "made-up")
                .header("set-cookie", "s=1")
                .header("connection", "x-hop")
                .header("x-hop", "h")
                .header("x-request-id", "theirs")
                .send(Buffer.buffer(bytes))
                .end());
        String answer = RawClient.exchange("GET", "/direct/v1/x", "x-api-key: client-key-1\r\n", "");
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("content-encoding: made-up", "location: http://elsewhere", "x-request-id: theirs")
                .doesNotContain("set-cookie", "x-hop");
        assertThat(answer).endsWith(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Script status(int status) {
        return Script.status(status).header("content-length", "3000");
    }

    /** Rows 73 and T-04. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void upload_largerThanAnyLimit_arrivesByteByByte(boolean lengthKnown) {
        byte[] bytes = random(30 * 1024 * 1024);
        up.then(Script.json("{}"));
        var body = lengthKnown
                ? BodyPublishers.ofByteArray(bytes)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
        HttpResponse<String> response = GatewayClient.send(
                GatewayClient.request("/direct/v1/files").POST(body).build());
        assertThat(response.statusCode()).isEqualTo(200);
        Received received = up.take();
        assertThat(received.bytes()).isEqualTo(bytes);
        assertThat(received.header("content-length")).isEqualTo(lengthKnown ? String.valueOf(bytes.length) : null);
    }

    /** Rows 78, T-04 and X-23. */
    @Test
    void stream_comesEventByEvent_andItsHeadBeforeTheFirst() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        up.then(Script.stream()
                .send("")
                .await(first)
                .send("data: 1\n\n")
                .await(second)
                .send("data: 2\n\n")
                .end());
        try (var stream = GatewayClient.open("/direct/v1/x", "{}")) {
            assertThat(stream.response().headers().firstValue("content-type")).contains("text/event-stream");
            first.complete(null);
            assertThat(stream.readUntil("1\n\n")).isEqualTo("data: 1\n\n");
            second.complete(null);
            stream.readUntil("2\n\n");
        }
    }

    @Test
    void slowClient_upstreamIsHeldBack_andNothingIsLost() throws IOException {
        AtomicInteger sent = new AtomicInteger();
        up.then(Script.stream()
                .flood(Buffer.buffer(new byte[CHUNK_BYTES]), CHUNKS, sent)
                .end());
        try (var stream = GatewayClient.open("/direct/v1/x", "{}")) {
            long read = 0;
            byte[] buffer = new byte[CHUNK_BYTES];
            InputStream in = stream.response().body();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                read += count;
                assertThat(sent.get() - read / CHUNK_BYTES)
                        .as("chunks that left the upstream and did not reach the client")
                        .isLessThan(IN_SOCKETS);
            }
            assertThat(read).isEqualTo((long) CHUNKS * CHUNK_BYTES);
        }
    }

    @Test
    void clientLeaves_upstreamSeesTheClose() {
        up.then(Script.stream().send("begun").await(new CompletableFuture<>()));
        try (var stream = GatewayClient.open("/direct/v1/x", "{}")) {
            stream.readUntil("begun");
        }
        up.take().awaitClosed();
    }

    @Test
    void clientLeavesBeforeTheAnswer_upstreamSeesTheClose() {
        up.then(Script.status(200).await(new CompletableFuture<>()));
        var answer = GatewayClient.postLater("/direct/v1/x", "{}");
        Received received = up.take();
        answer.cancel(true);
        received.awaitClosed();
    }

    @Test
    void upstreamBreaksOff_clientCannotTakeItForTheWhole() {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        up.then(Script.stream().send("half").await(seen).cut());
        try (var stream = GatewayClient.open("/direct/v1/x", "{}")) {
            stream.readUntil("half");
            seen.complete(null);
            assertThat(catchThrowable(() -> stream.response().body().readAllBytes()))
                    .isInstanceOf(IOException.class);
        }
    }

    /** Rows 77 and T-05. */
    @Test
    void unknownEndpoint_is404_thatNamesTheOthers() {
        HttpResponse<String> response = GatewayClient.post("/nope/v1/messages", "{}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("not_found_error", "'nope'", "direct, common, by-http, by-socks, nobody");
        assertThat(up.untaken() + other.untaken()).isZero();
    }

    /** T-13. */
    @Test
    void upstreamThatIsNotThere_is502InJson() {
        HttpResponse<String> response = GatewayClient.post("/nobody/v1/x", "{}");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).startsWith("{\"error\":{").contains("Endpoint 'nobody'");
    }

    @Test
    void upgrade_isRefused() {
        String answer = RawClient.exchange(
                "GET", "/direct/v1/realtime", "x-api-key: client-key-1\r\nupgrade: websocket\r\n", "");
        assertThat(answer).startsWith("HTTP/1.1 501").contains("upgrade_not_supported");
        assertThat(up.untaken()).isZero();
    }

    /** T-14. */
    @Test
    void accessKey_isAskedForHereToo() {
        assertThat(RawClient.exchange("GET", "/direct/v1/x", "authorization: Bearer sk-own\r\n", ""))
                .startsWith("HTTP/1.1 401")
                .contains("x-gateway-key");
        assertThat(up.untaken()).isZero();
    }

    /** Row 71. */
    @Test
    void unknownPath_goesToItsProvider_withTheFirstKeyAndWithoutTheClients() {
        for (int i = 0; i < 2; i++) {
            up.then(Script.json("{}"));
            RawClient.exchange(
                    "GET",
                    "/v1/files?key=client-key-1&after=x",
                    "authorization: Bearer client-key-1\r\nx-api-key: sk-own\r\nopenai-beta: b\r\n",
                    "");
            Received received = up.take();
            assertThat(received.headers().getAll("authorization")).containsExactly("Bearer sk-files");
            assertThat(received.headers().contains("x-api-key")).isFalse();
            assertThat(received.header("openai-beta")).isEqualTo("b");
            assertThat(received.uri()).isEqualTo("/files/v1/files?after=x");
        }
    }

    /** Rows 71 and X-11: what is no JSON, too. */
    @Test
    void upload_toAnUnknownPath_arrivesAsItWasSent() {
        byte[] bytes = random(100_000);
        up.then(Script.json("{ \"id\" : \"file-1\" }"));
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request("/v1/files?purpose=batch&x=%20")
                .setHeader("content-type", "multipart/form-data; boundary=b-1")
                .POST(BodyPublishers.ofByteArray(bytes))
                .build());
        assertThat(response.body()).isEqualTo("{ \"id\" : \"file-1\" }");
        Received received = up.take();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.uri()).isEqualTo("/files/v1/files?purpose=batch&x=%20");
        assertThat(received.header("content-type")).isEqualTo("multipart/form-data; boundary=b-1");
        assertThat(received.bytes()).isEqualTo(bytes);
    }

    /** The client's key is not at fault; and ours may stand in the provider's words. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusalOfOurKey_isNotTheClients(int status) {
        up.then(Script.status(status).body("{\"error\":{\"message\":\"Incorrect API key provided: sk-files\"}}"));
        HttpResponse<String> response =
                GatewayClient.send(GatewayClient.request("/v1/files").GET().build());
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("upstream_auth").doesNotContain("sk-files");
    }

    @ParameterizedTest
    @CsvSource({
        "400, '{\"error\": \"bad sk-files at acme\"}', '{\"error\": \"bad *** at acme\"}'",
        "500, 'ü without any of it', 'ü without any of it'",
        "404, '', ''"
    })
    void errorThatRepeatsOurKey_isMasked_andOtherwiseAsItIs(int status, String said, String told) {
        up.then(Script.status(status).body(said));
        HttpResponse<String> response =
                GatewayClient.send(GatewayClient.request("/v1/files").GET().build());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(told);
    }

    @Test
    void errorThatCannotBeLookedThrough_isOnlyToldOf() {
        up.then(Script.status(400).header("content-encoding", "br").body("sk-files"));
        HttpResponse<String> compressed =
                GatewayClient.send(GatewayClient.request("/v1/files").GET().build());
        assertThat(compressed.statusCode()).isEqualTo(400);
        assertThat(compressed.body()).contains("answered with status 400").doesNotContain("sk-files");
        up.then(Script.status(500).body("sk-files ".repeat(50_000)));
        HttpResponse<String> endless =
                GatewayClient.send(GatewayClient.request("/v1/files").GET().build());
        assertThat(endless.statusCode()).isEqualTo(500);
        assertThat(endless.body()).doesNotContain("sk-files");
    }

    @Test
    void pathThatTheGatewayServes_staysHere() {
        assertThat(RawClient.exchange("GET", "/v1/models", "x-api-key: client-key-1\r\n", ""))
                .contains("by-http-tls");
        assertThat(RawClient.exchange("GET", "/v1/chat/completions", "x-api-key: client-key-1\r\n", ""))
                .startsWith("HTTP/1.1 405");
        assertThat(up.untaken()).isZero();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
