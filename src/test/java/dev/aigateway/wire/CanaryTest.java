package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Secrets planted wherever there may be one come out nowhere but where they belong: not in the log at its most talkative, in
 * either form, not in files that were put aside, not in what clients and operators are told. Every secret has the word
 * {@code canary} in it, and a part of its own that says which one it is. Rows 226 and 227, X-22; what a process is told by
 * flags, variables and files is for {@code SecretsIT}.
 */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class CanaryTest {
    private static final String ANY = "canary";
    private static final String ACCESS = "canary-access-6c2e";
    private static final String WRONG = "canary-wrong-8d4a";
    private static final String CALLERS = "sk-canary-callers-2d9b";
    /** What clients write; nobody but the log of bodies may say it. */
    private static final String PROMPT = "prompt-3b1f";
    /** A value of a payload rule goes into bodies, and is shown where they are. */
    private static final String PAYLOAD = "payload-7c7c";

    private static final List<String> PROTOCOLS =
            List.of("/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1beta/models/l:generateContent");
    private static final List<String> PAGES = List.of(
            "/admin/config",
            "/admin/metrics",
            "/admin/stats",
            "/admin/models",
            "/admin/providers",
            "/admin/route?model=m",
            "/admin/unavailable-models",
            "/admin/nothing",
            "/stats",
            "/metrics",
            "/q/metrics",
            "/unavailable-models",
            "/health",
            "/q/health/ready",
            "/v1/models",
            "/v1beta/models");
    /** A provider repeats everything that it was sent. */
    private static final String ECHO = """
            {"error":{"message":"canary-left-91ab canary-right-77cd canary-top-13ac canary-header-52ef canary-of-key-60ad \
            canary-cloak-5be1 canary-proxy-12fe canary-file-3d0c %s","type":"t","code":"canary-left-91ab","param":"canary-of-key-60ad"}}""".formatted(OperatorClient.ADMIN_KEY);

    private static final AtomicInteger FOLDERS = new AtomicInteger();

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;
    private Path folder;
    private Path tokens;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        left.reset();
        right.reset();
        folder = file.path().resolveSibling("secrets-" + FOLDERS.incrementAndGet());
        tokens = Files.createDirectory(Path.of(folder + "-tokens"));
        keyFiles("");
    }

    /** A login that is used, and others that cannot be. */
    private void keyFiles(String version) throws IOException {
        Files.writeString(tokens.resolve("login"), "{\"access_token\":\"canary-file-3d0c" + version + "\"}");
        Files.writeString(tokens.resolve("broken"), "{\"access_token\":\"canary-broken-4e4e" + version);
        Files.writeString(
                tokens.resolve("ended"),
                "{\"access_token\":\"canary-ended-77aa" + version + "\",\"expired\":\"2020-01-01T00:00:00Z\"}");
        Files.writeString(tokens.resolve("several"), "canary-several-1b1b" + version + "\ncanary-several-2c2c");
    }

    @ParameterizedTest
    @CsvSource({"format: text, false", "format: json, false", "bodies: true, true"})
    void secrets_ofEveryKind_comeOutNowhere(String settings, boolean bodies) throws IOException {
        file.write(configuration(settings, ""));
        requestsInEveryWay();
        assertThat(left.takeAll())
                .extracting(received -> received.header("authorization"))
                .contains("Bearer canary-left-91ab", "Bearer canary-file-3d0c")
                .doesNotContain("Bearer canary-ended-77aa");
        refusalsOfEveryKind();
        brokenAnswers();
        operatorsPages();
        reloads(settings);

        told(get("/v1/models", "x-api-key", ACCESS, "x-request-id", "the-last"));
        List<String> lines = awaitLog("the-last");
        assertThat(logFiles())
                .as("files that were put aside, and the one in use")
                .hasSizeGreaterThan(1);
        assertThat(lines).as("log").hasSizeGreaterThan(100).noneMatch(line -> line.contains(ANY));
        assertThat(told).as("answers").hasSizeGreaterThan(100).noneMatch(text -> text.contains(ANY));
        assertThat(told).as("answers").noneMatch(text -> text.contains(PAYLOAD));
        if (bodies) {
            assertThat(lines).as("bodies in the log").anyMatch(line -> line.contains(PROMPT));
        } else {
            assertThat(lines).as("log").noneMatch(line -> line.contains(PROMPT) || line.contains(PAYLOAD));
        }
    }

    /** Answers and refusals of our own, with keys in all places for them, good and wrong. */
    private void requestsInEveryWay() {
        left.otherwise(Script.json("{\"id\":\"c\",\"model\":\"m\",\"choices\":[]}"));
        right.otherwise(Script.status(401).body(ECHO));
        for (String path : PROTOCOLS) {
            for (String key : List.of(ACCESS, WRONG)) {
                post(path, body("m", false), "authorization", "Bearer " + key);
                post(path, body("m", false), "x-api-key", key);
                post(path, body("m", true), "x-goog-api-key", key);
                post(path, body("m", false), "x-gateway-key", key);
                post(path + "?key=" + key + "&key=sk-canary-unknown-5e5e", body("m", false));
            }
            post(path, "{" + PROMPT, "x-api-key", ACCESS);
            post(path, body("nobody", false), "x-api-key", ACCESS);
            post(path, body("by-proxy", false), "x-api-key", ACCESS);
            post(path, body("callers", false), "x-gateway-key", ACCESS, "x-api-key", CALLERS);
        }
        told(get("/nothing?key=" + ACCESS));
        told(get("/through/v1/x?key=" + ACCESS, "x-api-key", CALLERS));
        told(get("/nowhere/v1/x?key=" + ACCESS));
    }

    /** Every status that a provider may refuse with, on every lane. */
    private void refusalsOfEveryKind() {
        for (int status : new int[] {400, 401, 403, 404, 422, 429, 500, 503}) {
            left.otherwise(Script.status(status).body(ECHO));
            for (String path : PROTOCOLS) {
                post(path, body("l", false), "authorization", "Bearer " + ACCESS);
                post(path, body("l", true), "authorization", "Bearer " + ACCESS);
            }
            post("/v1/embeddings", body("l", false), "authorization", "Bearer " + ACCESS);
        }
        for (int status : new int[] {401, 403}) {
            left.otherwise(Script.status(status).body(ECHO));
            HttpResponse<String> refused = get("/v1/files", "x-api-key", ACCESS);
            assertThat(refused.statusCode()).isEqualTo(502);
            told(refused);
        }
    }

    /** What goes wrong after the answer has begun, or before anything came. */
    private void brokenAnswers() {
        left.otherwise(
                Script.stream("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n"
                        + "data: " + ECHO + "\n\n"));
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
            post(path, body("l", true), "authorization", "Bearer " + ACCESS);
        }
        left.otherwise(Script.hangUp());
        post("/v1/chat/completions", body("l", false), "authorization", "Bearer " + ACCESS);
    }

    private void operatorsPages() {
        for (String page : PAGES) {
            told(OperatorClient.get(page));
            told(get(page, "x-api-key", ACCESS));
            told(get(page + (page.contains("?") ? "&" : "?") + "key=" + WRONG));
        }
        told(OperatorClient.post("/admin/reload", ""));
        told(OperatorClient.post("/admin/providers/left/disable", ""));
        told(OperatorClient.post("/admin/providers/left/enable", ""));
        told(OperatorClient.post("/reset-model", "{\"upstream_name\":\"" + WRONG));
    }

    /** All secrets change, then are of a form that is refused, then are as before. */
    private void reloads(String settings) throws IOException {
        file.write(configuration(settings, "-2"));
        awaitLog("Configuration reloaded: ");
        keyFiles("-2");
        awaitLog("Configuration reloaded: providers.left.api-keys[1].key changed");
        told(OperatorClient.post("/admin/reload", ""));
        file.spoil(
                "ai-proxy: { access-keys: [ 'canary with space' ], admin: { keys: canary }, port: canary, proxy-url: 'x://"
                        + "canary', providers: [ { type: canary, api-keys: { a: canary }, base-url: 'http://canary@x' } ] }");
        told(OperatorClient.post("/admin/reload", ""));
        file.write(configuration(settings, ""));
    }

    private void post(String path, String body, String... headers) {
        HttpRequest.Builder request = GatewayClient.request(path)
                .setHeader("authorization", "Bearer " + WRONG)
                .header("cookie", "session=canary-cookie-0a9b")
                .header("x-admin-key", "canary-admin-44dc")
                .header("proxy-authorization", "Basic canary-basic-12fe")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        told(GatewayClient.send(request.build()));
    }

    private static HttpResponse<String> get(String path, String... headers) {
        return OperatorClient.send("GET", path, "", headers);
    }

    private void told(HttpResponse<String> response) {
        told.add(response.statusCode() + " " + response.headers().map() + " " + response.body());
    }

    private List<String> awaitLog(String text) {
        long start = System.nanoTime();
        List<String> lines = log();
        while (lines.stream().noneMatch(line -> line.contains(text))) {
            assertThat(System.nanoTime() - start).as("patience").isLessThan(20_000_000_000L);
            Thread.onSpinWait();
            lines = log();
        }
        return lines;
    }

    private List<String> log() {
        List<String> lines = new ArrayList<>();
        for (Path path : logFiles()) {
            try {
                lines.addAll(Files.readAllLines(path));
            } catch (NoSuchFileException e) {
                // It has been put aside in the meantime, and is read under its new name the next time.
                return List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }

    private List<Path> logFiles() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The prompt names keys, too: one that is configured, and one that only looks like it. */
    private static String body(String model, boolean stream) {
        String text = PROMPT + " " + ACCESS + " sk-canary-unknown-5e5e";
        return """
                {"model":"%s","stream":%s,"max_tokens":9,"input":"%s","messages":[{"role":"user","content":"%s"}],\
                "contents":[{"role":"user","parts":[{"text":"%s"}]}]}""".formatted(model, stream, text, text, text);
    }

    /** @param version is added to all secrets but those that the test needs */
    private String configuration(String settings, String version) {
        return """
                log: { level: trace, %s, file: { path: %s, max-size: 50KiB, max-backups: 10000 } }
                access-keys: [ canary-access-6c2e, canary-second-01fa$V ]
                admin: { keys: [ %s, canary-admin-44dc$V ] }
                proxy-url: http://user:canary-proxy-12fe$V@127.0.0.1:1
                headers: { x-top: canary-top-13ac$V }
                passthrough-provider: left
                retry: { max-retries: 1, base-delay: 1ms, budget: 1000 }
                cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0, not-found: 0 }
                breaker: { failures: 0 }
                payload: { override: [ { models: [ l ], params: { user: payload-7c7c$V } } ] }
                endpoints:
                  through: { target-base: "http://127.0.0.1:1", proxy-url: "socks5://u:canary-socks-66ab$V@127.0.0.1:1", headers: { x-e: canary-endpoint-a1a1$V } }
                providers:
                  - name: left
                    type: openai
                    base-url: http://127.0.0.1:%d/v1
                    proxy-url: direct
                    api-keys: [ { key: canary-left-91ab$V, name: blue, headers: { x-of-key: canary-of-key-60ad$V }, proxy-url: direct },
                      { file: $T/login }, { file: $T/broken }, { file: $T/ended }, { file: $T/several } ]
                    headers: { x-tenant: canary-header-52ef$V }
                    models: [ m, l ]
                    serves: [ embeddings ]
                  - name: right
                    type: anthropic
                    base-url: http://127.0.0.1:%d
                    proxy-url: direct
                    api-keys: [ canary-right-77cd$V ]
                    models: [ m ]
                    cloak: { preset: claude-code, mode: always, sensitive-words: [ canary-word-90ab$V ], headers: { x-cloak: canary-cloak-5be1$V } }
                  - { name: by-proxy, type: openai, base-url: "http://127.0.0.1:1", api-keys: [ canary-by-proxy-0b0b$V ], models: [ by-proxy ] }
                  - { name: callers, type: openai, base-url: "http://127.0.0.1:%d/v1", auth: client, proxy-url: direct, models: [ callers ] }
                """.replace("$V", version).replace("$T", tokens.toString()).formatted(
                settings,
                folder.resolve("gateway.log"),
                OperatorClient.ADMIN_KEY,
                left.port(),
                right.port(),
                left.port());
    }
}
