package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log says of requests, and where (behaviour reference, rows 5, 7, 142, 222 to 228). */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class LogTest {
    private static final AtomicInteger FOLDERS = new AtomicInteger();
    private static final String CHAT = "/v1/chat/completions";
    private static final String PROMPT = "the-prompt-of-a-client";
    private static final String OK = "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"the-answer-of-a-model\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12}}";

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;
    LogLines log;

    @BeforeEach
    void reset() {
        left.reset();
        right.reset();
        left.otherwise(Script.json(OK));
    }

    @Test
    void answeredRequest_isOneLineWithWhatIsWorthKnowing() {
        log("");
        HttpResponse<String> answer = ask("id-1", CHAT + "?trace=1", chat("m", false));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-request-id")).contains("id-1");
        assertThat(left.take().header("x-request-id")).isEqualTo("id-1");
        assertThat(log.await("id-1"))
                .matches(
                        ".* INFO  id-1 127\\.0\\.0\\.1 POST /v1/chat/completions chat m -> only/m 200 ok key=0 attempts=1"
                                + " first=\\d+ms \\d+ms in=7 out=5 bytes=\\d{3}");
        assertThat(log.about("id-1")).hasSize(1);
    }

    @Test
    void translatedStream_isOneLineToo_andItsIdReachesTheProvider() {
        log("");
        left.then(Script.stream("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n"
                + "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: [DONE]\n\n"));
        HttpResponse<String> answer = ask("id-2", "/v1/messages", chat("m", true));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(left.take().header("x-request-id")).isEqualTo("id-2");
        assertThat(log.await("id-2")).contains("POST /v1/messages messages m -> only/m stream 200 ok key=0 attempts=1");
    }

    /** Whoever hung is who an operator looks for. */
    @Test
    void requestWhoseClientLeaves_namesTheProviderThatWasBeingWaitedFor() {
        log("", "retry: { max-retries: 0 }\nfallbacks: { m: [ slow ] }", "", """
                  - { name: hanging, type: openai, base-url: "http://127.0.0.1:%d/v1", api-keys: [ k, k2 ], models: [ slow ] }
                """.formatted(right.port()));
        left.then(Script.status(503).body("{}"));
        right.then(Script.stream().await(new CompletableFuture<>()));
        var answer = GatewayClient.postLater(CHAT, chat("m", false));
        Received received = right.take();
        answer.cancel(true);
        received.awaitClosed();
        assertThat(log.await("POST")).contains("chat m -> hanging/slow 499 cancelled key=0 attempts=2");
    }

    @Test
    void requestWithoutAnId_getsOne_ofWhichTheProviderHearsNothing() {
        log("");
        HttpResponse<String> answer = GatewayClient.post(CHAT, chat("m", false));
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        assertThat(left.take().header("x-request-id")).isNull();
        assertThat(log.await(id)).contains(" 200 ok ");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions, '{bad', 400 refused",
        "POST, /v1/chat/completions, NOPE, chat nope -> - 404 refused",
        "GET, /v1/models, '', 200 ok",
        "GET, /no/such/path, '', 404 refused",
        "DELETE, /v1/chat/completions, '', 405 refused"
    })
    void everyOtherRequest_isOneLineToo(String method, String path, String body, String told) {
        log("");
        String id = "id-3-" + FOLDERS.incrementAndGet();
        GatewayClient.send(GatewayClient.request(path)
                .header("x-request-id", id)
                .method(method, HttpRequest.BodyPublishers.ofString(body.equals("NOPE") ? chat("nope", false) : body))
                .build());
        assertThat(log.await(id))
                .contains(id + " 127.0.0.1 " + method + " " + path + " ")
                .contains(told);
        assertThat(log.about(id)).hasSize(1);
    }

    @Test
    void refusedAccessKey_isOneLine() {
        log("", "access-keys: [ some-access-key ]");
        ask("id-4", CHAT, chat("m", false));
        assertThat(log.await("id-4")).contains("POST /v1/chat/completions 401 refused ");
    }

    @Test
    void refusedPageOfAnotherSite_isOneLine() {
        log("");
        HttpResponse<String> refused = GatewayClient.send(GatewayClient.request("/v1/models")
                .header("x-request-id", "id-17")
                .header("origin", "https://other.example.com")
                .build());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(log.await("id-17")).contains("GET /v1/models 403 refused ");
    }

    /** */
    @Test
    void forwardedAddress_isBelievedOnlyWhereTheProxyIsTrusted() {
        log("");
        HttpRequest.Builder request =
                GatewayClient.request("/v1/models").header("x-forwarded-for", "203.0.113.9, 10.0.0.1");
        GatewayClient.send(request.copy().header("x-request-id", "id-5").build());
        assertThat(log.await("id-5")).contains("id-5 127.0.0.1 GET");
        log("trust-forwarded-for: true");
        GatewayClient.send(request.copy().header("x-request-id", "id-6").build());
        assertThat(log.await("id-6")).contains("id-6 203.0.113.9 GET");
    }

    /** Row 5; the flag is for {@code StartIT}. */
    @Test
    void requestLines_thatAreOff_areNotWritten() {
        log("requests: false");
        ask("id-7", CHAT, chat("m", false));
        log("");
        ask("id-8", CHAT, chat("m", false));
        log.await("id-8");
        assertThat(log.about("id-7")).isEmpty();
    }

    /** Rows 7 and 142. */
    @Test
    void failedAttempts_areToldAtDebug_andRetriesAlways() {
        for (String level : List.of("info", "debug")) {
            log("level: " + level, "retry: { max-retries: 1, base-delay: 1ms, budget: 1000 }");
            left.then(Script.status(429).body("{\"error\":{\"message\":\"" + PROMPT + "\",\"code\":\"slow_down\"}}"));
            assertThat(ask("id-" + level, CHAT, chat("m", false)).statusCode()).isEqualTo(200);
            log.await("attempts=2");
            assertThat(log.about("id-" + level + " retry 1 of 1 in "))
                    .singleElement()
                    .asString()
                    .matches(".* INFO  .* in \\d+ms after only/m=429");
            assertThat(log.about("id-" + level + " attempt 1 failed: only/m key=0 429 rate_limit"))
                    .hasSize(level.equals("debug") ? 1 : 0);
            assertThat(log.about(PROMPT)).isEmpty();
        }
    }

    /** The request's own line tells of it; the transport has nothing to add. */
    @Test
    void proxyThatRefuses_isNoErrorOfTheGateway() {
        log("", "retry: { max-retries: 0 }\nproxy-url: http://127.0.0.1:" + right.port());
        right.then(Script.status(407).body("{}"));
        ask("id-14", CHAT, chat("m", false));
        assertThat(log.await("id-14")).contains(" 502 failed ");
        right.then(Script.json(OK));
        ask("id-15", CHAT, chat("m", false));
        assertThat(log.await("id-15")).contains(" 200 ok ");
        assertThat(log.about(" ERROR ")).isEmpty();
    }

    @Test
    void causeOfAFailedConnection_isToldAtDebug() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        log("level: debug", "retry: { max-retries: 0 }\nproxy-url: http://user:proxy-secret@127.0.0.1:" + nobody);
        ask("id-16", CHAT, chat("m", false));
        log.await("id-16 127.0.0.1");
        assertThat(log.about("Provider 'only' failed: "))
                .singleElement()
                .asString()
                .contains("Connection refused");
        assertThat(log.about("proxy-secret")).isEmpty();
    }

    @Test
    void level_thatIsHigher_leavesOutRequests() {
        log("level: warn");
        ask("id-9", CHAT, chat("m", false));
        Path quiet = log.file();
        log("");
        ask("id-10", CHAT, chat("m", false));
        log.await("id-10");
        assertThat(new LogLines(quiet).about("id-9")).isEmpty();
    }

    @Test
    void json_hasTheFieldsOneByOne() {
        log("format: json");
        ask("id-11", CHAT, chat("m", false));
        JsonNode line = Json.request(log.await("id-11").getBytes(StandardCharsets.UTF_8));
        assertThat(line.path("time").asText()).matches("\\d{4}-.*Z");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("logger").asText()).isEqualTo("ai-gateway.request");
        assertThat(line.path("request_id").asText()).isEqualTo("id-11");
        assertThat(line.path("path").asText()).isEqualTo(CHAT);
        assertThat(line.path("target").asText()).isEqualTo("only/m");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("key").asInt(-1)).isZero();
        assertThat(line.path("input_tokens").asInt()).isEqualTo(7);
        assertThat(line.path("duration_ms").isIntegralNumber()).isTrue();
    }

    @Test
    void file_isPrivate_rotates_andKeepsPackedBackups() throws IOException {
        log("", "", ", max-size: 500, max-backups: 2, compress: true");
        for (int i = 0; i < 20; i++) {
            ask("id-rotated-" + i, CHAT, chat("m", false));
        }
        log.await("id-rotated-19");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.file())))
                .isEqualTo("rw-------");
        assertThat(Files.size(log.file())).isLessThanOrEqualTo(500);
        long start = System.nanoTime();
        List<String> backups = backups();
        while (backups.size() != 2 || !backups.stream().allMatch(name -> name.endsWith(".log.gz"))) {
            assertThat(System.nanoTime() - start).as("patience").isLessThan(20_000_000_000L);
            backups = backups();
        }
        assertThat(backups).allMatch(name -> name.matches("gateway-\\d{8}T\\d{6}\\.\\d{3}\\.log\\.gz"));
    }

    /** Rows 227 and G-13. */
    @Test
    void bodies_areLoggedOnlyWhenAskedFor_withoutKeys() {
        log("");
        ask("id-12", CHAT, chat("m", false));
        log.await("id-12");
        assertThat(log.about(PROMPT)).isEmpty();
        assertThat(log.about("the-answer-of-a-model")).isEmpty();
        log("bodies: true");
        assertThat(log.await("PROMPTS AND ANSWERS")).contains(" WARN ");
        ask("id-13", CHAT, chat("m", false).replace(PROMPT, PROMPT + " sk-abcdefghijkl upstream-key-1"));
        assertThat(log.await("id-13 request (")).contains(PROMPT + " *** ***");
        assertThat(log.await("id-13 request to only/m (")).contains(PROMPT);
        assertThat(log.await("id-13 answer (")).contains("the-answer-of-a-model");
        assertThat(log.about("abcdefghijkl")).isEmpty();
        assertThat(log.about("upstream-key-1")).isEmpty();
    }

    private List<String> backups() throws IOException {
        try (Stream<Path> all = Files.list(log.file().resolveSibling(""))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("gateway.log"))
                    .toList();
        }
    }

    private void log(String settings) {
        log(settings, "");
    }

    private void log(String settings, String others) {
        log(settings, others, "");
    }

    /** Has the gateway log to a new file in a folder that is not there yet. */
    private void log(String settings, String others, String fileSettings) {
        log(settings, others, fileSettings, "");
    }

    /** @param provider one more */
    private void log(String settings, String others, String fileSettings, String provider) {
        Path path =
                file.path().resolveSibling("logs-" + FOLDERS.incrementAndGet()).resolve("gateway.log");
        log = new LogLines(path);
        file.write("""
                log:
                  file: { path: %s%s }
                  %s
                %s
                cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0 }
                breaker: { failures: 0 }
                providers:
                  - name: only
                    type: openai
                    base-url: http://127.0.0.1:%d/v1
                    api-keys: [ upstream-key-1 ]
                    models: [ m ]
                %s""".formatted(path, fileSettings, settings, others, left.port(), provider));
    }

    private static HttpResponse<String> ask(String id, String path, String body) {
        return GatewayClient.send(GatewayClient.request(path)
                .header("x-request-id", id)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String chat(String model, boolean stream) {
        return "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(model, stream, PROMPT);
    }
}
