package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is another matter where many requests share a connection. */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class Http2Test {
    private static final AtomicInteger FOLDERS = new AtomicInteger();
    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MaxPoolSize(1));

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;
    LogLines log;

    @BeforeEach
    void reset() {
        left.reset();
        right.reset();
        left.otherwise(Script.json("{\"id\":\"c1\",\"choices\":[]}"));
        log = new LogLines(file.path()
                .resolveSibling("h2-logs-" + FOLDERS.incrementAndGet())
                .resolve("gateway.log"));
        file.write("""
                access-keys: [ client-key-1 ]
                log: { file: { path: %1$s } }
                passthrough-provider: only
                providers:
                  - { name: only, type: openai, base-url: "http://127.0.0.1:%2$d/v1", api-keys: [ sk-only ], models: [ m ] }
                endpoints:
                  direct: { target-base: "http://127.0.0.1:%2$d/v1" }
                """.formatted(log.file(), left.port()));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({
        "/nosuch/v1/x, application/json, 404",
        "/direct/v1/early, application/json, 200",
        "/v1/chat/completions, application/json, 413",
        "/v1/audio/transcriptions, multipart/form-data, 400"
    })
    void uploadThatIsAnsweredEarly_endsItsOwnStreamOnly(String path, String type, int status) {
        CompletableFuture<Void> reset = new CompletableFuture<>();
        left.then(Script.stream()
                .send("data: 1\n\n")
                .await(reset)
                .send("data: 2\n\n")
                .end());
        Future<Buffer> whole =
                request(HttpMethod.POST, "/direct/v1/x", "h2-other").send("{}").compose(HttpClientResponse::body);
        left.take();
        left.then(Script.json("{}").atOnce());

        HttpClientRequest upload = request(HttpMethod.POST, path, "h2-upload")
                .putHeader("content-type", type)
                .putHeader("content-length", "99000000");
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        upload.exceptionHandler(ended::complete);
        upload.write("abc");
        assertThat(await(upload.response()).statusCode()).isEqualTo(status);
        assertThat(await(ended)).isInstanceOf(StreamResetException.class);

        reset.complete(null);
        assertThat(await(whole)).hasToString("data: 1\n\ndata: 2\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /direct/v1/x, direct/- 200 ok",
        "POST, /v1/files, only/- 200 ok",
        "GET, /v1/models, 200 ok",
        "POST, /nosuch/v1/x, 404 refused",
        "POST, /admin/config, 403 refused"
    })
    void answeredRequest_isLoggedAsThat_notAsLeft(String method, String path, String told) {
        String id = "h2-answered-" + FOLDERS.incrementAndGet();
        await(request(HttpMethod.valueOf(method), path, id)
                .send(method.equals("GET") ? "" : "{}")
                .compose(HttpClientResponse::body));
        assertThat(log.await(id)).contains(" " + path + " ").contains(" " + told + " ");
        assertThat(log.about(id)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"302, ok", "404, refused", "429, refused", "500, failed"})
    void transparentAnswer_isToldAsWhatItIs(int status, String outcome) {
        left.then(Script.status(status).body("{}"));
        String id = "h2-status-" + status;
        await(request(HttpMethod.POST, "/direct/v1/x", id).send("{}").compose(HttpClientResponse::body));
        assertThat(log.await(id)).contains(" " + status + " " + outcome + " ");
    }

    @Test
    void transparentStream_isLoggedAsServed_orAsLeft() {
        left.then(Script.stream("data: 1\n\n"));
        await(request(HttpMethod.POST, "/direct/v1/x", "h2-served").send("{}").compose(HttpClientResponse::body));
        assertThat(log.await("h2-served")).contains(" 200 ok ");
        left.then(Script.stream().send("data: 1\n\n").await(new CompletableFuture<>()));
        HttpClientRequest leaving = request(HttpMethod.POST, "/direct/v1/x", "h2-left");
        leaving.exceptionHandler(reset -> {});
        await(leaving.send("{}")).exceptionHandler(reset -> {});
        leaving.reset();
        assertThat(log.await("h2-left")).contains(" 499 cancelled ");
    }

    private HttpClientRequest request(HttpMethod method, String path, String id) {
        return await(client.request(method, RestAssured.port, "127.0.0.1", path))
                .putHeader("x-gateway-key", "client-key-1")
                .putHeader("x-request-id", id);
    }

    private static <T> T await(Future<T> future) {
        return await(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
