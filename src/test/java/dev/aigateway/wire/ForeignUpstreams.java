package dev.aigateway.wire;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A gateway under test that is given the file of another gateway: a sample of {@code imports} whose addresses are those of
 * a scripted upstream, with {@link Upstreams#ACCESS_KEY} for clients. The initial argument {@code sample} names it.
 */
public class ForeignUpstreams implements QuarkusTestResourceLifecycleManager {
    private Vertx vertx;
    private ScriptedUpstream upstream;
    private Path file;
    private String sample = "";

    @Override
    public void init(Map<String, String> arguments) {
        sample = arguments.getOrDefault("sample", "");
    }

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        upstream = ScriptedUpstream.plain(vertx);
        try {
            String source = Files.readString(Path.of("src/test/resources/imports", sample));
            String here = "http://127.0.0.1:" + upstream.port();
            file = Files.createTempFile("gateway-test", ".conf");
            Files.writeString(
                    file,
                    source.replaceAll("https://api\\.(openai|anthropic|deepseek)\\.com", here + "/$1")
                            .replace("dev-key", Upstreams.ACCESS_KEY)
                            .replace("0.0.0.0", "127.0.0.1")
                            .replace("\"sk-ant-...\"", "\"sk-ant-...\"\n    base-url: " + here + "/anthropic"));
            return Map.of("ai-proxy.config", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                upstream,
                field -> field.isAnnotationPresent(Upstreams.Inject.class)
                        && field.getName().equals("upstream"));
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
