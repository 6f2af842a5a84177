package dev.aigateway.wire;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The world around the gateway under test: scripted upstreams on loopback and a configuration that points to them. The
 * same for the JVM and for the native binary. Test classes get the upstreams through fields marked {@link Inject}.
 */
public class Upstreams implements QuarkusTestResourceLifecycleManager {
    public static final String ACCESS_KEY = "client-key-1";
    public static final String OPENAI_KEY = "sk-upstream-openai";
    public static final String ANTHROPIC_KEY = "sk-ant-upstream";

    private Vertx vertx;
    private ScriptedUpstream openai;
    private ScriptedUpstream anthropic;
    private ScriptedUpstream secure;
    private RawUpstream raw;
    private Path directory;

    /** Marks a field of a test class that gets the upstream of the field's name. */
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    public @interface Inject {}

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        openai = ScriptedUpstream.plain(vertx);
        anthropic = ScriptedUpstream.plain(vertx);
        secure = ScriptedUpstream.tls(vertx);
        raw = RawUpstream.start(vertx);
        try {
            directory = Files.createTempDirectory("gateway-test");
            Path file = directory.resolve("application.yaml");
            Files.writeString(file, configuration());
            return Map.of("ai-proxy.config", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(openai, new Named("openai"));
        injector.injectIntoFields(anthropic, new Named("anthropic"));
        injector.injectIntoFields(secure, new Named("secure"));
        injector.injectIntoFields(raw, new Named("raw"));
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try {
            Files.deleteIfExists(directory.resolve("application.yaml"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() {
        return """
                ai-proxy:
                  access-keys: [ "%s", "client-key-2" ]
                  retry:
                    max-retries: 1
                    base-delay: 1ms
                    budget: 1000
                  cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0 }
                  breaker: { failures: 0 }
                  limits: %s
                  strict-translation: %s
                  streaming: %s
                  providers:
                    - name: openai
                      type: openai
                      base-url: http://127.0.0.1:%d/v1
                      api-keys: [ "%s" ]
                      models: [ gpt-4o, { id: gpt-4.1-mini, alias: mini }, o4-mini ]
                    - name: anthropic
                      type: anthropic
                      base-url: http://127.0.0.1:%d
                      api-keys: [ "%s" ]
                      models: [ claude-sonnet-4-5, { id: claude-opus-4-1-20250805, alias: opus } ]
                    - name: secure
                      type: openai
                      base-url: https://localhost:%d
                      api-keys: [ "sk-secure" ]
                      ca-certificate: %s
                      models: [ secure-model ]
                    - name: untrusted
                      type: openai
                      base-url: https://localhost:%d
                      api-keys: [ "sk-secure" ]
                      models: [ untrusted-model ]
                    - name: first
                      type: openai
                      base-url: http://127.0.0.1:%d/first
                      api-keys: [ "sk-first-1", "sk-first-2" ]
                      models: [ shared ]
                    - name: second
                      type: anthropic
                      base-url: http://127.0.0.1:%d
                      api-keys: [ "sk-second" ]
                      models: [ { id: claude-sonnet-4-5-20250929, alias: shared } ]
                    - name: google
                      type: gemini
                      base-url: http://127.0.0.1:%d/google
                      api-keys: [ "google-key" ]
                      models: [ gemini-2.5-flash, gemini-3-pro ]
                    - name: responses
                      type: responses
                      base-url: http://127.0.0.1:%d/v1
                      api-keys: [ "%s" ]
                      models: [ gpt-5-responses ]
                    - name: streams-only
                      type: openai
                      base-url: http://127.0.0.1:%d/v1
                      api-keys: [ "sk-streams" ]
                      models: [ streams-only ]
                      must-stream: true
                    - name: wired
                      type: openai
                      base-url: http://127.0.0.1:%d/v1
                      api-keys: [ "sk-wired" ]
                      wire-api: responses
                      models: [ wired ]
                    - name: passing
                      type: openai
                      base-url: http://127.0.0.1:%d/v1
                      api-keys: [ "sk-passing" ]
                      models: [ passing-1 ]
                      passthrough-responses-models: [ "passing*" ]
                    - name: raw
                      type: openai
                      base-url: http://127.0.0.1:%d/v1
                      api-keys: [ "sk-raw" ]
                      models: [ two-step ]
                    - name: backup
                      type: openai
                      base-url: http://127.0.0.1:%d/backup
                      api-keys: [ "sk-backup" ]
                      models: [ two-step ]
                    - name: forwarding
                      type: openai
                      base-url: http://127.0.0.1:%d/forwarding/v1
                      api-keys: [ "sk-forward-1", "sk-forward-2" ]
                      models: [ { id: text-embedding-3-small, alias: embed }, whisper-1, { id: gpt-4o-mini-tts, alias: say } ]
                      serves: [ embeddings, audio ]
                    - name: refusing
                      type: openai
                      base-url: http://127.0.0.1:%d/refusing/v1
                      api-keys: [ "sk-refusing" ]
                      models: [ r-1, r-2, r-3, r-4, r-5, r-6, r-7, r-8, r-9 ]
                    - name: refusing-claude
                      type: anthropic
                      base-url: http://127.0.0.1:%d
                      api-keys: [ "sk-refusing" ]
                      models: [ claude-sonnet-4-5-refusing ]
                    - name: refusing-gemini
                      type: gemini
                      base-url: http://127.0.0.1:%d/google
                      api-keys: [ "sk-refusing" ]
                      models: [ gemini-3-refusing ]
                    - name: demo
                      type: demo
                      models: [ demo ]
                """.formatted(
                        ACCESS_KEY,
                        limits(),
                        strict(),
                        streaming(),
                        openai.port(),
                        OPENAI_KEY,
                        anthropic.port(),
                        ANTHROPIC_KEY,
                        secure.port(),
                        certificate(),
                        secure.port(),
                        openai.port(),
                        anthropic.port(),
                        openai.port(),
                        openai.port(),
                        OPENAI_KEY,
                        openai.port(),
                        openai.port(),
                        openai.port(),
                        raw.port(),
                        openai.port(),
                        openai.port(),
                        openai.port(),
                        anthropic.port(),
                        openai.port());
    }

    protected String limits() {
        return "{ max-body-size: 20MiB }";
    }

    /** Whether a field that an upstream cannot be told is refused. */
    protected boolean strict() {
        return false;
    }

    /** A keepalive long enough never to be seen by accident. */
    protected String streaming() {
        return "{ keepalive: 60s }";
    }

    private static Path certificate() {
        return Path.of("src/test/resources/tls/upstream-cert.pem").toAbsolutePath();
    }

    private record Named(String name) implements java.util.function.Predicate<java.lang.reflect.Field> {
        @Override
        public boolean test(java.lang.reflect.Field field) {
            return field.isAnnotationPresent(Inject.class) && field.getName().equals(name);
        }
    }
}
