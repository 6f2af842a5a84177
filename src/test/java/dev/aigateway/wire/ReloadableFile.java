package dev.aigateway.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Predicate;

/** The configuration file of a running gateway; each change waits until the gateway has taken notice. */
public final class ReloadableFile {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private String inForce = "";
    private int versions;

    ReloadableFile(Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory.resolve("application.yaml");
    }

    void begin(String settings) throws IOException {
        inForce = settings;
        Files.writeString(path(), yaml(settings));
    }

    /** Writes into the file what stands below {@code ai-proxy}. */
    void write(String settings) {
        change(settings, () -> Files.writeString(path(), yaml(settings)));
    }

    /** Puts another file in its place, as editors do. */
    void rename(String settings) {
        change(settings, () -> {
            Path next = Files.writeString(directory.resolve("next"), yaml(settings));
            Files.move(next, path(), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** Puts another folder below a link, as Kubernetes does. */
    void swap(String settings) {
        change(settings, () -> {
            Path version = Files.createDirectory(directory.resolve("..version" + versions++));
            Files.writeString(version.resolve("application.yaml"), yaml(settings));
            Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), version.getFileName());
            Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            if (!Files.isSymbolicLink(path())) {
                Path file = Files.createSymbolicLink(directory.resolve("link"), Path.of("..data", "application.yaml"));
                Files.move(file, path(), StandardCopyOption.ATOMIC_MOVE);
            }
        });
    }

    /** Writes what cannot be used. */
    void spoil(String text) {
        put(() -> Files.writeString(path(), text));
        inForce = "";
        await(status -> status.path("stale").asBoolean());
    }

    private void change(String settings, Change change) {
        if (!settings.equals(inForce)) {
            int before = status().path("reloads").asInt();
            put(change);
            await(status -> status.path("reloads").asInt() > before
                    && !status.path("stale").asBoolean());
            inForce = settings;
        }
    }

    private static void put(Change change) {
        try {
            change.put();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode status() {
        String health = GatewayClient.send(
                        GatewayClient.request("/health").GET().build())
                .body();
        return Json.request(health.getBytes(StandardCharsets.UTF_8)).path("configuration");
    }

    private static void await(Predicate<JsonNode> condition) {
        long start = System.nanoTime();
        JsonNode status = status();
        while (!condition.test(status)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("the gateway did not take notice: " + status);
            }
            Thread.onSpinWait();
            status = status();
        }
    }

    private static String yaml(String settings) {
        return "ai-proxy:\n  reload-interval: 10ms\n" + settings.indent(2);
    }

    @FunctionalInterface
    private interface Change {
        void put() throws IOException;
    }
}
