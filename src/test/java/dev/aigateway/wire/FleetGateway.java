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

/** A gateway in front of a {@link Fleet}. */
public class FleetGateway implements QuarkusTestResourceLifecycleManager {
    private Vertx vertx;
    private Fleet fleet;
    private ReloadableFile file;

    @Override
    public Map<String, String> start() {
        try {
            vertx = Vertx.vertx();
            file = new ReloadableFile(Files.createTempDirectory("fleet-test"));
            file.begin("");
            fleet = new Fleet(vertx, file);
            return Map.of("ai-proxy.config", file.path().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(fleet, field -> field.getType().equals(Fleet.class));
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
