package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which files change under a running gateway. */
class ConfigWatchTest {
    private static final int ROUNDS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Loading loading;
    private ReloadLogRecords log;
    private ConfigReloader reloader;
    private ConfigWatch watch;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
        log = new ReloadLogRecords();
        reloader = ConfigReloader.start(loading.sources());
        watch = new ConfigWatch(reloader);
    }

    @AfterEach
    void end() {
        watch.stop();
        log.close();
    }

    @Test
    void inPlaceWrite_reloads_everyTime() throws IOException {
        start();
        for (int round = 1; round <= ROUNDS; round++) {
            Files.writeString(file(), text(round));
            awaitRound(round);
        }
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void renameSave_reloads_everyTime() throws IOException {
        start();
        for (int round = 1; round <= ROUNDS; round++) {
            Path next = Files.writeString(directory.resolve("new"), text(round));
            Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
            awaitRound(round);
        }
        assertThat(log.errors()).isEmpty();
    }

    /** A mounted ConfigMap: the file is a link through {@code ..data}, which is a link that is replaced by renaming. */
    @Test
    void symlinkSwap_reloads_everyTime() throws IOException {
        swap(0);
        Files.createSymbolicLink(file(), Path.of("..data", "application.yaml"));
        watch();
        for (int round = 1; round <= ROUNDS; round++) {
            swap(round);
            awaitRound(round);
        }
        assertThat(log.errors()).isEmpty();
    }

    /** */
    @Test
    void fileThatAppearsLater_andDotEnv_areSeen() throws IOException {
        loading.variable("AI_PROXY_RELOAD_INTERVAL", "5ms");
        watch();
        Files.writeString(file(), "ai-proxy: { default-model: appeared }");
        await(() -> reloader.current().get().defaultModel().equals(java.util.Optional.of("appeared")));
        Files.writeString(directory.resolve(".env"), "AI_PROXY_REQUEST_LOG=false");
        await(() -> !reloader.current().get().log().requests());
    }

    /** Row 32. */
    @Test
    void badFile_isToldOnce_andServedAroundUntilItIsMended() throws IOException {
        start();
        Files.writeString(file(), "ai-proxy: [");
        await(() -> reloader.status().stale());
        Files.writeString(file(), text(7));
        awaitRound(7);
        await(() -> !reloader.status().stale());
        assertThat(log.errors()).hasSize(1);
    }

    @Test
    void fileThatIsEmptyForAWhile_isWaitedFor() throws IOException {
        Files.writeString(file(), "ai-proxy: { access-keys: [ k ], default-model: m0, reload-interval: 2ms }");
        watch();
        Files.writeString(file(), "");
        await(() -> reloader.status().stale());
        assertThat(log.errors()).singleElement().asString().contains("is gone or holds no settings any more");
        assertThat(reloader.current().get().defaultModel()).contains("m0");
    }

    @Test
    void watchThatEnds_leavesTheRestToOthers() throws Exception {
        start();
        watch.stop();
        watch.awaitEnd();
        Files.writeString(file(), text(1));
        assertThat(reloader.current().get().defaultModel()).contains("m0");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Applied.class);
    }

    private void start() throws IOException {
        Files.writeString(file(), text(0));
        watch();
    }

    private void watch() {
        reloader = ConfigReloader.start(loading.sources());
        watch = new ConfigWatch(reloader);
        watch.start();
    }

    private Path file() {
        return directory.resolve("application.yaml");
    }

    private static String text(int round) {
        return "ai-proxy: { default-model: m%d, reload-interval: 2ms }\n".formatted(round);
    }

    private void swap(int round) throws IOException {
        Path version = Files.createDirectory(directory.resolve("..v" + round));
        Files.writeString(version.resolve("application.yaml"), text(round));
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), version.getFileName());
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitRound(int round) {
        await(() -> reloader.current().get().defaultModel().equals(java.util.Optional.of("m" + round)));
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
            Thread.yield();
        }
    }
}
