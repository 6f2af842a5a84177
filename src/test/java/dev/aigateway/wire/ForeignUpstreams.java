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
 * a scripted upstream, with {@link Upstreams#ACCESS_KEY} for clients, and without its log file. The initial argument {@code sample} names it.
 */
public class ForeignUpstreams implements QuarkusTestResourceLifecycleManager {
    private Vertx vertx;
    private ScriptedUpstream upstream;
    private TestProxy proxy;
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
        proxy = TestProxy.http(vertx);
        try {
            String source = Files.readString(Path.of("src/test/resources/imports", sample));
            file = Files.createTempFile("gateway-test", ".conf");
            Files.writeString(file, redirected(source, "http://127.0.0.1:" + upstream.port()));
            return Map.of("ai-proxy.config", file.toString(), "ai-proxy.host", "127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All hosts of a sample, and the one that it does not name, are paths of the upstream; its proxies are our proxy. */
    private String redirected(String source, String here) {
        return source.replaceAll("https://api\\.(openai|anthropic|deepseek|z)\\.(com|ai)", here + "/$1")
                .replaceAll("http://(localhost|proxy\\.company\\.com):\\d+", proxy.url("http"))
                .replaceAll("(claude)-api-key:\n {2}- api-key: .*", "$0\n    base-url: " + here + "/$1")
                .replace("/var/log/aiproxy/aiproxy.log", "")
                .replace("dev-key", Upstreams.ACCESS_KEY);
    }

    @Override
    public void inject(TestInjector injector) {
        inject(injector, "upstream", upstream);
        inject(injector, "proxy", proxy);
    }

    private static void inject(TestInjector injector, String name, Object value) {
        injector.injectIntoFields(
                value,
                field -> field.isAnnotationPresent(Upstreams.Inject.class)
                        && field.getName().equals(name));
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
