package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Secrets planted wherever there may be one come out nowhere but where they belong: not in the log at its most talkative, not
 * in what clients are told (behaviour reference, X-22, rows 226 and 227).
 */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class CanaryTest {
    private static final String PROMPT = "canary-prompt-3b1f";
    private static final List<String> SECRETS = List.of(
            "canary-access-6c2e",
            "canary-wrong-8d4a",
            "canary-key-left-91ab",
            "canary-key-right-77cd",
            "canary-header-52ef",
            "canary-cookie-0a9b",
            "canary-admin-44dc",
            "canary-proxy-12fe",
            "sk-canary-unknown-5e5e");
    private static final String ECHO =
            "{\"error\":{\"message\":\"key canary-key-left-91ab and canary-header-52ef are no"
                    + " good\",\"type\":\"t\",\"code\":\"canary-key-left-91ab\",\"param\":\"canary-key-left-91ab\"}}";

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;
    private LogLines log;
    private final List<String> told = new ArrayList<>();
    private int count;

    @BeforeEach
    void begin() {
        left.reset();
        right.reset();
        Path path = file.path().resolveSibling("gateway.log");
        log = new LogLines(path);
        file.write("""
                log: { level: trace, file: { path: %s } }
                access-keys: [ canary-access-6c2e, %s ]
                retry: { max-retries: 1, base-delay: 1ms, budget: 1000 }
                cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0 }
                breaker: { failures: 0 }
                providers:
                  - name: left
                    type: openai
                    base-url: http://127.0.0.1:%d/v1
                    api-keys: [ canary-key-left-91ab ]
                    headers: { x-tenant: canary-header-52ef }
                    models: [ m, l ]
                    serves: [ embeddings ]
                  - name: right
                    type: anthropic
                    base-url: http://127.0.0.1:%d
                    api-keys: [ canary-key-right-77cd ]
                    models: [ m ]
                """.formatted(path, Upstreams.ACCESS_KEY, left.port(), right.port()));
    }

    @Test
    void secrets_ofEveryKind_comeOutNowhere() {
        left.otherwise(Script.json("{\"id\":\"c\",\"model\":\"m\",\"choices\":[]}"));
        right.otherwise(Script.status(401).body(ECHO));
        for (String path :
                List.of("/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1beta/models/m:generateContent")) {
            inEveryPlace(path, "canary-access-6c2e");
            inEveryPlace(path, "canary-wrong-8d4a");
        }
        for (int status : new int[] {400, 401, 403, 404, 422, 429, 500, 503}) {
            left.otherwise(Script.status(status).body(ECHO));
            for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/embeddings")) {
                post(path, "authorization", "Bearer canary-access-6c2e", body("l", false));
                post(path, "authorization", "Bearer canary-access-6c2e", body("l", true));
            }
        }
        left.otherwise(
                Script.stream("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n"
                        + "data: " + ECHO + "\n\n"));
        post("/v1/chat/completions", "authorization", "Bearer canary-access-6c2e", body("l", true));
        post("/v1/messages", "authorization", "Bearer canary-access-6c2e", body("l", true));
        left.otherwise(Script.hangUp());
        post("/v1/chat/completions", "authorization", "Bearer canary-access-6c2e", "{" + PROMPT);
        post("/v1/chat/completions", "authorization", "Bearer canary-access-6c2e", body("l", false));
        for (String path : List.of("/health", "/v1/models", "/q/metrics", "/nothing?key=canary-access-6c2e")) {
            told(GatewayClient.send(GatewayClient.request(path).GET().build()));
        }

        log.await("id-" + count + " ");
        assertThat(log.all()).hasSizeGreaterThan(count);
        assertThat(told).isNotEmpty();
        for (String secret : SECRETS) {
            assertThat(log.about(secret)).as("log").isEmpty();
            assertThat(told.stream().filter(text -> text.contains(secret)))
                    .as("answers")
                    .isEmpty();
        }
        assertThat(log.about(PROMPT)).as("prompts in the log").isEmpty();
    }

    /** The four places for an access key, and others that look as if they were one. */
    private void inEveryPlace(String path, String key) {
        post(path, "authorization", "Bearer " + key, body("m", false));
        post(path, "x-api-key", key, body("m", false));
        post(path, "x-goog-api-key", key, body("m", true));
        post(path + "?key=" + key + "&key=sk-canary-unknown-5e5e", "x-nothing", "nothing", body("m", false));
    }

    private void post(String path, String header, String value, String body) {
        told(GatewayClient.send(GatewayClient.request(path)
                .setHeader("authorization", "Bearer canary-wrong-8d4a")
                .setHeader(header, value)
                .header("x-request-id", "id-" + ++count)
                .header("cookie", "session=canary-cookie-0a9b")
                .header("x-admin-key", "canary-admin-44dc")
                .header("proxy-authorization", "Basic canary-proxy-12fe")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    private void told(HttpResponse<String> response) {
        told.add(response.headers().map() + " " + response.body());
    }

    private static String body(String model, boolean stream) {
        return """
                {"model":"%s","stream":%s,"max_tokens":9,"input":"%s","messages":[{"role":"user","content":"%s"}],\
                "contents":[{"role":"user","parts":[{"text":"%s"}]}]}""".formatted(model, stream, PROMPT, PROMPT, PROMPT);
    }
}
