package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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
    void keyFile_isFollowed_whateverHappensToIt() throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "canary-0");
        Files.writeString(file(), withKeys("openai", "k, { file: key-file }"));
        watch();
        for (int round = 1; round <= ROUNDS; round++) {
            Files.writeString(key, "canary-" + round);
            awaitKeys("k", "canary-" + round);
        }
        Files.delete(key);
        awaitKeys("k");
        Files.writeString(key, "{\"token\":\"canary-back\"}");
        awaitKeys("k", "canary-back");
        assertThat(log.errors()).isEmpty();
        assertThat(log.lines())
                .anyMatch(line -> line.contains("providers.openai.api-keys[1].key changed"))
                .noneMatch(line -> line.contains("canary"));
    }

    /** A mounted Secret, with the only key of a provider that can do nothing without one. */
    @Test
    void keyFile_thatAppearsAfterARefusedLoading_isTaken_andTheRefusalIsToldOnce() throws IOException {
        start();
        Files.writeString(file(), withKeys("gemini", "{ file: key-file }"));
        await(() -> reloader.status().stale());
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Files.writeString(mounted.resolve("key"), "canary");
        Files.createSymbolicLink(directory.resolve("key"), mounted.resolve("key"));
        awaitKeys("canary");
        await(() -> !reloader.status().stale());
        assertThat(log.errors())
                .singleElement()
                .asString()
                .contains("needs at least one key in api-keys: " + directory.resolve("key") + " does not exist");
    }

    /** Saving by removing and writing anew; the key counts all the while. */
    @Test
    void keyFile_thatIsEmptyForAMoment_keepsItsKey() throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "canary-1");
        Files.writeString(file(), withKeys("openai", "{ file: key-file }"));
        watch();
        Files.delete(key);
        Files.writeString(key, "");
        Files.writeString(directory.resolve("key"), "canary-2");
        awaitKeys("canary-2");
        assertThat(log.lines()).noneMatch(line -> line.contains("removed"));
    }

    /** What the watch does not see: that it was read anew, and found empty, in between. */
    @Test
    void keyFile_thatWasReadWhileItWasEmpty_isReadAgain() throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "canary-1");
        Files.writeString(file(), withKeys("openai", "k, { file: key-file }"));
        watch();
        Files.writeString(key, "");
        reloader.reload();
        Files.writeString(key, "canary-1");
        awaitKeys("k", "canary-1");
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

    private String withKeys(String type, String keys) {
        return "ai-proxy: { providers: [ { type: %s, api-keys: [ %s ] } ], reload-interval: 2ms }\n"
                .formatted(type, keys.replace("key-file", "'" + directory.resolve("key") + "'"));
    }

    private void awaitKeys(String... keys) {
        List<Secret> wanted = Stream.of(keys).map(Secret::of).toList();
        await(() -> reloader.current().get().providers().stream()
                .flatMap(provider -> provider.keys().stream())
                .map(KeyConfig::secret)
                .toList()
                .equals(wanted));
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
