package dev.aigateway.wire;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Two upstreams, and a configuration that tests change while the gateway runs. */
public class ReloadableGateway implements QuarkusTestResourceLifecycleManager {
    private Vertx vertx;
    private ScriptedUpstream left;
    private ScriptedUpstream right;
    private ReloadableFile file;

    @Override
    public Map<String, String> start() {
        try {
            vertx = Vertx.vertx();
            left = ScriptedUpstream.plain(vertx);
            right = ScriptedUpstream.plain(vertx);
            file = new ReloadableFile(Files.createTempDirectory("reload-test"));
            file.begin("");
            return Map.of("ai-proxy.config", file.path().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(left, field -> field.getName().equals("left"));
        injector.injectIntoFields(right, field -> field.getName().equals("right"));
        injector.injectIntoFields(file, field -> field.getType().equals(ReloadableFile.class));
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try (Stream<Path> all = Files.walk(file.path().getParent())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
