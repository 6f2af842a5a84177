package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration changes under a running gateway (behaviour reference, rows 29 to 40). */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class ReloadTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String OK = "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[]}";
    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String DROPPED = "access-key-to-be-dropped";
    private static final int PARALLEL = 200;
    private static final int RELOADS = 50;
    private static final int SERVED_PER_RELOAD = 200;
    private static final int ROUNDS = 100;
    private static final Logger LOG = Logger.getLogger(ReloadTest.class);

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;

    @BeforeEach
    void reset() {
        left.reset();
        right.reset();
        file.write(at(left, ""));
        left.otherwise(Script.json(OK));
        right.otherwise(Script.json(OK));
    }

    /** Row 29. */
    @Test
    void inPlaceEdit_takesEffect() {
        file.write(at(right, ""));
        assertServedBy(right);
    }

    /** Rows 30, X-06 and R-30. */
    @Test
    void renameSave_takesEffect_andSoDoesTheNext() {
        file.rename(at(right, ""));
        assertServedBy(right);
        file.rename(at(left, ""));
        assertServedBy(left);
    }

    /** Row 31. */
    @Test
    void symlinkSwap_takesEffect_andSoDoesTheNext() {
        file.swap(at(right, ""));
        assertServedBy(right);
        file.swap(at(left, ""));
        assertServedBy(left);
        file.rename(at(right, ""));
        assertServedBy(right);
    }

    /** Rows 32, R-01 and T-08; that the log has one error is for {@code ConfigWatchTest}. */
    @Test
    void invalidFile_keepsTheOld_untilItIsMended() {
        file.spoil("ai-proxy: [ garbage");
        assertServedBy(left);
        file.write(at(right, ""));
        assertServedBy(right);
    }

    /** Rows 30 and 31. */
    @ParameterizedTest
    @EnumSource
    void everySave_ofManyRounds_takesEffect(Save save) {
        for (int round = 0; round < ROUNDS; round++) {
            ScriptedUpstream next = round % 2 == 0 ? right : left;
            save.accept(file, at(next, "default-model: m" + round));
            assertServedBy(next);
        }
    }

    private enum Save implements BiConsumer<ReloadableFile, String> {
        RENAME(ReloadableFile::rename),
        SYMLINK(ReloadableFile::swap);

        private final BiConsumer<ReloadableFile, String> save;

        Save(BiConsumer<ReloadableFile, String> save) {
            this.save = save;
        }

        @Override
        public void accept(ReloadableFile file, String settings) {
            save.accept(file, settings);
        }
    }

    /** Row 33: clients that ask without a pause; no reload comes before many were served since the last one. */
    @Test
    void requests_duringManyReloads_neverFail() {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        String quiet = "request-log: false\ndefault-model: m";
        file.write(at(left, quiet));
        long start = System.nanoTime();
        CompletableFuture<?>[] clients =
                Stream.generate(() -> askUntil(over, served)).limit(PARALLEL).toArray(CompletableFuture[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(clients);
        for (int reload = 1; reload <= RELOADS; reload++) {
            file.rename(at(reload % 2 == 0 ? left : right, quiet + reload));
            while (served.get() < reload * SERVED_PER_RELOAD && !all.isCompletedExceptionally()) {
                Thread.onSpinWait();
            }
        }
        over.set(true);
        all.join();
        assertThat(served).hasValueGreaterThanOrEqualTo(RELOADS * SERVED_PER_RELOAD);
        LOG.infof("%d requests in %d ms, all served", served.get(), (System.nanoTime() - start) / 1_000_000);
    }

    /** Row 34. */
    @Test
    void stream_survivesAReload_andEndsFromItsOldUpstream() {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        left.then(Script.stream()
                .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n")
                .await(goOn)
                .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"two\"},"
                        + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                .end());
        try (GatewayClient.LiveStream stream =
                GatewayClient.open(CHAT, ASK.replace("\"messages\"", "\"stream\":true,\"messages\""))) {
            stream.readUntil("one");
            left.take();
            file.write(at(right, "access-keys: [ other-key ]"));
            goOn.complete(null);
            assertThat(stream.readUntil("[DONE]")).contains("two");
        }
    }

    /** Rows 35 and X-07. */
    @Test
    void upstreamKeys_addedAndRemoved_areUsedAtOnce() {
        file.write(at(left, "", "k1, k2"));
        assertThat(List.of(keyOfNextRequest(), keyOfNextRequest())).containsExactlyInAnyOrder("Bearer k1", "Bearer k2");
        file.write(at(left, "", "k2"));
        for (int i = 0; i < 4; i++) {
            assertThat(keyOfNextRequest()).isEqualTo("Bearer k2");
        }
    }

    /** Rows 38 and 84: without any, every key is as good as none. */
    @Test
    void accessKeys_areLive() {
        file.write(at(left, "access-keys: [ a ]"));
        assertThat(statusWith("a")).isEqualTo(200);
        assertThat(statusWith("b")).isEqualTo(401);
        file.write(at(left, "access-keys: [ b ]"));
        assertThat(statusWith("a")).isEqualTo(401);
        assertThat(statusWith("b")).isEqualTo(200);
        file.write(at(left, ""));
        assertThat(statusWith("anything")).isEqualTo(200);
        assertThat(OperatorClient.send("POST", CHAT, ASK).statusCode()).isEqualTo(200);
    }

    /** What was ours when the request came is not the caller's own key, nor anything else for an upstream. */
    @Test
    void accessKey_thatIsDroppedWhileTheBodyComes_isNotTheCallersOwn() {
        file.write(takingTheCallersKey("access-keys: [ %s, other ]".formatted(DROPPED)));
        try (RawClient client = beginning("/v1/embeddings", "authorization: Bearer " + DROPPED)) {
            file.write(takingTheCallersKey("access-keys: [ other ]"));
            client.send(ASK);
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 401");
        }
        assertThat(left.untaken()).isZero();
    }

    private String takingTheCallersKey(String settings) {
        return at(left, settings).replace("api-keys: [ k ]", "auth: client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/embeddings", CHAT})
    void headerWithAnAccessKey_thatIsDroppedWhileTheBodyComes_staysHere(String path) {
        String forward = "forward-headers: [ x-note ]\naccess-keys: [ %s ]";
        file.write(at(left, forward.formatted(DROPPED + ", other")));
        try (RawClient client = beginning(path, "x-api-key: other\r\nx-note: by " + DROPPED)) {
            file.write(at(left, forward.formatted("other")));
            client.send(ASK);
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 200");
        }
        assertThat(left.take().header("x-note")).isNull();
    }

    /** A request that the gateway has begun to read. */
    private static RawClient beginning(String path, String headers) {
        RawClient client = RawClient.connect();
        client.send("POST " + path + " HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\nexpect: 100-continue\r\n"
                + "content-type: application/json\r\ncontent-length: " + ASK.length() + "\r\n" + headers
                + "\r\n\r\n");
        client.readUntil("100 Continue\r\n\r\n");
        return client;
    }

    /** Row 39. */
    @Test
    void defaultModel_isLive() {
        String nameless = ASK.replace("\"model\":\"m\",", "");
        assertThat(GatewayClient.post(CHAT, nameless).statusCode()).isEqualTo(400);
        file.write(at(left, "default-model: m"));
        assertThat(GatewayClient.post(CHAT, nameless).statusCode()).isEqualTo(200);
    }

    /** Row 39. */
    @Test
    void wireAndPassthrough_areLive() {
        String responses = "{\"model\":\"m\",\"input\":\"hi\"}";
        GatewayClient.post("/v1/responses", responses);
        assertThat(left.take().uri()).isEqualTo("/v1/chat/completions");
        file.write(at(left, "") + "    passthrough-responses-models: [ \"m*\" ]\n");
        GatewayClient.post("/v1/responses", responses);
        assertThat(left.take().uri()).isEqualTo("/v1/responses");
        file.write(at(left, "") + "    wire-api: responses\n");
        GatewayClient.post(CHAT, ASK);
        assertThat(left.take().uri()).isEqualTo("/v1/responses");
    }

    @Test
    void models_areLive() {
        file.write(at(left, "").replace("[ m ]", "[ { id: n, alias: other } ]"));
        assertThat(GatewayClient.post(CHAT, ASK).statusCode()).isEqualTo(404);
        assertThat(GatewayClient.post(CHAT, ASK.replace("\"m\"", "\"other\"")).statusCode())
                .isEqualTo(200);
        assertThat(GatewayClient.send(GatewayClient.request("/v1/models").GET().build())
                        .body())
                .contains("\"other\"");
    }

    /** Row 39. */
    @Test
    void mappingOfModels_isLive() {
        String other = ASK.replace("\"m\"", "\"other\"");
        assertThat(GatewayClient.post(CHAT, other).statusCode()).isEqualTo(404);
        file.write(at(left, "model-mapping: { other: m }"));
        assertThat(GatewayClient.post(CHAT, other).statusCode()).isEqualTo(200);
        assertThat(left.take().text()).contains("\"model\":\"m\"");
    }

    /** Row 39. */
    @Test
    void strategy_isLive() {
        file.write(at(left, "routing: { keys: round-robin }", "s1, s2"));
        assertThat(keyOfNextRequest()).isNotEqualTo(keyOfNextRequest());
        file.write(at(left, "routing: { keys: fill-first }", "s1, s2"));
        assertThat(List.of(keyOfNextRequest(), keyOfNextRequest())).containsOnly("Bearer s1");
    }

    /** the way to a provider; {@code left} is the proxy, which is asked for the whole address. */
    @Test
    void proxy_isLive() {
        file.write(at(right, ""));
        assertServedBy(right);
        file.write(at(right, "proxy-url: http://127.0.0.1:" + left.port()));
        assertThat(GatewayClient.post(CHAT, ASK).statusCode()).isEqualTo(200);
        assertThat(left.take().uri()).isEqualTo("http://127.0.0.1:" + right.port() + CHAT);
        assertThat(right.untaken()).isZero();
        file.write(at(right, "proxy-url: direct"));
        assertServedBy(right);
    }

    /** T-08. */
    @Test
    void endpoints_areLive() {
        String endpoint = "endpoints: { way: { target-base: \"http://127.0.0.1:%d\" } }";
        assertThat(GatewayClient.post("/way/v1/x", "{}").statusCode()).isEqualTo(404);
        file.write(at(left, endpoint.formatted(left.port())));
        assertThat(GatewayClient.post("/way/v1/x", "{}").statusCode()).isEqualTo(200);
        assertThat(left.take().uri()).isEqualTo("/v1/x");
        file.write(at(left, endpoint.formatted(right.port())));
        assertThat(GatewayClient.post("/way/v1/x", "{}").statusCode()).isEqualTo(200);
        assertThat(right.take().uri()).isEqualTo("/v1/x");
    }

    /** none means none, and not one after the other. The stream is silent while many other requests are served. */
    @Test
    void keepalive_isLive_andNoneIsNone() {
        file.write(at(left, "streaming: { keepalive: 5ms }"));
        try (GatewayClient.LiveStream stream = silentStream(new CompletableFuture<>())) {
            stream.readUntil(": keep-alive");
        }
        file.write(at(left, "streaming: { keepalive: 0 }"));
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        try (GatewayClient.LiveStream stream = silentStream(goOn)) {
            for (int i = 0; i < 50; i++) {
                assertThat(GatewayClient.post(CHAT, ASK).statusCode()).isEqualTo(200);
            }
            goOn.complete(null);
            assertThat(stream.readUntil("[DONE]")).contains("two").doesNotContain("keep-alive");
        }
    }

    private GatewayClient.LiveStream silentStream(CompletableFuture<Void> goOn) {
        left.then(Script.stream()
                .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n")
                .await(goOn)
                .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"two\"},"
                        + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                .end());
        return GatewayClient.open(CHAT, ASK.replace("\"messages\"", "\"stream\":true,\"messages\""));
    }

    /** Row 40; that it is told is for {@code RestartIT}. */
    @Test
    void addressOfTheFile_waitsForARestart_andTheRestDoesNot() {
        file.write(at(right, "port: 1\nhost: 127.0.0.2\nshutdown-timeout: 1s"));
        assertServedBy(right);
    }

    private void assertServedBy(ScriptedUpstream upstream) {
        assertThat(GatewayClient.post(CHAT, ASK).statusCode()).isEqualTo(200);
        upstream.take();
        assertThat(left.untaken() + right.untaken()).isZero();
    }

    private String keyOfNextRequest() {
        GatewayClient.post(CHAT, ASK);
        return left.take().header("authorization");
    }

    private static int statusWith(String key) {
        return GatewayClient.send(GatewayClient.request(CHAT)
                        .setHeader("authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(ASK))
                        .build())
                .statusCode();
    }

    private static CompletableFuture<Void> askUntil(AtomicBoolean over, AtomicInteger served) {
        return GatewayClient.postLater(CHAT, ASK)
                .thenApply(HttpResponse::statusCode)
                .thenCompose(status -> {
                    if (status != 200) {
                        throw new AssertionError("a request failed with " + status);
                    }
                    served.incrementAndGet();
                    return over.get() ? CompletableFuture.completedFuture(null) : askUntil(over, served);
                });
    }

    private static String at(ScriptedUpstream upstream, String settings) {
        return at(upstream, settings, "k");
    }

    private static String at(ScriptedUpstream upstream, String settings, String keys) {
        return settings + """

                cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0 }
                breaker: { failures: 0 }
                retry: { max-retries: 0 }
                providers:
                  - name: only
                    type: openai
                    base-url: http://127.0.0.1:%d/v1
                    api-keys: [ %s ]
                    models: [ m ]
                    serves: [ embeddings ]
                """.formatted(upstream.port(), keys);
    }
}
