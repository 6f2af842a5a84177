package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Three upstreams among which the gateway chooses, and its configuration, which each test writes for itself. What the
 * gateway remembers of providers and keys outlives a change of the configuration; so each test has names of its own for
 * them: provider {@code a} is at upstream {@code a} and is called {@code t1-a} in the first test, {@code t2-a} in the second.
 */
public final class Fleet {
    static final String CHAT = "/v1/chat/completions";
    static final String MESSAGES = "/v1/messages";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final ScriptedUpstream a;
    final ScriptedUpstream b;
    final ScriptedUpstream c;
    private final Vertx vertx;
    private final ReloadableFile file;
    private int tests;

    Fleet(Vertx vertx, ReloadableFile file) {
        this.vertx = vertx;
        this.file = file;
        this.a = ScriptedUpstream.plain(vertx);
        this.b = ScriptedUpstream.plain(vertx);
        this.c = ScriptedUpstream.plain(vertx);
    }

    /** A new test begins: everybody answers with its own name, and nobody has ever failed. */
    void reset() {
        tests++;
        for (String name : List.of("a", "b", "c")) {
            upstream(name).reset();
            upstream(name).otherwise(answer(name));
        }
    }

    /** A log file of this test, which {@link #logTo} puts in force. */
    LogLines log() {
        return new LogLines(file.path().resolveSibling("t" + tests + ".log"));
    }

    static String logTo(LogLines log) {
        return "log: { file: { path: " + log.file() + " } }";
    }

    /** One more upstream, which the test may close. */
    ScriptedUpstream another() {
        return ScriptedUpstream.plain(vertx);
    }

    ScriptedUpstream upstream(String name) {
        return switch (name.charAt(0)) {
            case 'a' -> a;
            case 'b' -> b;
            case 'c' -> c;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** What a provider is called in this test. */
    String name(String provider) {
        return "t" + tests + "-" + provider;
    }

    /** Puts the settings and providers in force. */
    void configure(String settings, String... providers) {
        file.write(settings(settings, providers));
    }

    /** Writes what the gateway must refuse, and waits until it has. */
    void spoil(String settings, String... providers) {
        file.spoil("ai-proxy:\n  reload-interval: 10ms\n"
                + settings(settings, providers).indent(2));
    }

    private static String settings(String settings, String... providers) {
        return settings.strip() + "\nrequest-log: false\nproviders:\n" + String.join("", providers);
    }

    /**
     * An entry of {@code providers}, at the upstream of its first letter.
     *
     * @param settings in YAML's flow style; without models it lists {@code m}, without keys it has one
     */
    String provider(String name, String settings) {
        return provider(name, upstream(name).port(), settings);
    }

    String provider(String name, int port, String settings) {
        List<String> all = new ArrayList<>();
        all.add("name: " + name(name));
        if (!settings.contains("type:")) {
            all.add("type: openai");
        }
        all.add("base-url: \"http://127.0.0.1:" + port + "/v1\"");
        if (!settings.contains("api-keys:")) {
            all.add("api-keys: [ key-" + name + " ]");
        }
        if (!settings.matches("(?s)(.*, )?models:.*")) {
            all.add("models: [ m ]");
        }
        if (!settings.isEmpty()) {
            all.add(settings);
        }
        return "  - { " + String.join(", ", all) + " }\n";
    }

    /** A whole Chat answer that says {@code text}. */
    static Script answer(String text) {
        return Script.json(
                "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"upstream-model\",\"choices\":"
                        + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                        + "\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}");
    }

    static Script error(int status) {
        return Script.status(status).body("{\"error\":{\"message\":\"scripted\"}}");
    }

    static String request(String model) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}]}";
    }

    static String streamRequest(String model) {
        return request(model).replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"");
    }

    static HttpResponse<String> ask(String model) {
        return GatewayClient.post(CHAT, request(model));
    }

    /** The name of the upstream that served a request. */
    static String servedBy(String model) {
        HttpResponse<String> response = ask(model);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return text(response);
    }

    /** The names of the upstreams that served so many requests, one after the other. */
    static String servedBy(String model, int requests) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            names.append(servedBy(model));
        }
        return names.toString();
    }

    static String text(HttpResponse<String> response) {
        return json(response).at("/choices/0/message/content").asText();
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.request(response.body().getBytes(StandardCharsets.UTF_8));
    }

    static String model(Received request) {
        return Json.request(request.bytes()).path("model").asText();
    }

    /** The credential that a request came with. */
    static String key(Received request) {
        return request.header("authorization").replace("Bearer ", "");
    }

    /** Waits for what requests of the test itself bring about, and says how long that took. */
    static Duration await(BooleanSupplier condition, String what) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("it did not happen: " + what);
            }
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
