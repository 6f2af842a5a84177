package dev.aigateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.LogFileConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private final List<IOException> trouble = new ArrayList<>();
    private Instant now = START;

    @Test
    void file_thatGrowsTooLarge_isPutAside_withoutSplittingALine() throws IOException {
        try (RotatingFile file = open(10, 5, Duration.ZERO, false)) {
            write(file, "12345\n", "123\n", "678\n", "a line that is longer than a file\n");
        }
        assertThat(names()).containsExactly("x-20260131T120000.000.log", "x-20260131T120000.001.log", "x.log");
        assertThat(text("x-20260131T120000.000.log")).isEqualTo("12345\n123\n");
        assertThat(text("x-20260131T120000.001.log")).isEqualTo("678\n");
        assertThat(text("x.log")).startsWith("a line");
    }

    @Test
    void file_thatWasThere_isContinued_andItsFolderIsMade() throws IOException {
        for (String line : List.of("one\n", "two\n")) {
            try (RotatingFile file = open(100, 5, Duration.ZERO, false)) {
                write(file, line);
            }
        }
        assertThat(text("x.log")).isEqualTo("one\ntwo\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logs().resolve("x.log"))))
                .isEqualTo("rw-------");
    }

    @Test
    void backups_thatAreTooMany_go_andOtherFilesStay() throws IOException {
        Files.createDirectories(logs());
        Files.writeString(logs().resolve("x-notes.log"), "");
        try (RotatingFile file = open(1, 2, Duration.ZERO, false)) {
            for (int i = 0; i < 6; i++) {
                write(file, i + "\n");
                now = now.plusSeconds(1);
            }
        }
        assertThat(names())
                .containsExactly("x-20260131T120004.000.log", "x-20260131T120005.000.log", "x-notes.log", "x.log");
        assertThat(text("x-20260131T120005.000.log")).isEqualTo("4\n");
    }

    @Test
    void noBackups_whenNoneAreWanted() throws IOException {
        try (RotatingFile file = open(1, 0, Duration.ZERO, false)) {
            write(file, "1\n", "2\n");
        }
        assertThat(names()).containsExactly("x.log");
    }

    @Test
    void backups_thatAreTooOld_go_evenIfNothingIsPutAside() throws IOException {
        try (RotatingFile file = open(5, 9, Duration.ofDays(2), false)) {
            write(file, "1234\n", "5\n");
            now = now.plus(Duration.ofDays(2));
            write(file, "6\n");
            assertThat(names()).hasSize(2);
            now = now.plus(Duration.ofHours(1));
            write(file, "");
        }
        assertThat(names()).containsExactly("x.log");
        assertThat(trouble).isEmpty();
    }

    @Test
    void backups_thatArePacked_countLikeOthers() throws IOException {
        try (RotatingFile file = open(1, 2, Duration.ZERO, true)) {
            for (int i = 0; i < 5; i++) {
                write(file, i + "\n");
            }
        }
        assertThat(names())
                .hasSize(3)
                .filteredOn(name -> name.endsWith(".log.gz"))
                .hasSize(2);
        Path newest = logs().resolve(names().get(1));
        try (InputStream packed = new GZIPInputStream(Files.newInputStream(newest))) {
            assertThat(new String(packed.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("3\n");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(newest)))
                .isEqualTo("rw-------");
    }

    /** The way to the folder is gone for a while, and nothing can be moved there. */
    @Test
    void file_thatCannotBePutAside_growsOn_andIsTriedAgain() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        try (RotatingFile file = open(1, 5, Duration.ZERO, false)) {
            write(file, "1\n");
            Files.move(logs(), elsewhere);
            Files.writeString(logs(), "no folder");
            write(file, "2\n", "3\n");
            assertThat(elsewhere.resolve("x.log")).hasContent("1\n2\n3\n");
            now = now.plus(RotatingFile.RETRY_INTERVAL);
            write(file, "4\n");
            assertThat(trouble).as("told once").hasSize(1);

            Files.delete(logs());
            Files.move(elsewhere, logs());
            write(file, "5\n");
            assertThat(names()).as("not tried for every line").containsExactly("x.log");
            now = now.plus(RotatingFile.RETRY_INTERVAL);
            write(file, "6\n");
        }
        assertThat(names()).containsExactly("x-20260131T120200.000.log", "x.log");
        assertThat(text("x-20260131T120200.000.log")).isEqualTo("1\n2\n3\n4\n5\n");
        assertThat(text("x.log")).isEqualTo("6\n");
        assertThat(trouble).hasSize(1);
    }

    @Test
    void otherFile_withATimeThatNeverWas_isLeftAlone() throws IOException {
        Files.createDirectories(logs());
        Files.writeString(logs().resolve("x-20261399T999999.999.log"), "");
        try (RotatingFile file = open(1, 0, Duration.ZERO, false)) {
            write(file, "1\n", "2\n");
        }
        assertThat(names()).containsExactly("x-20261399T999999.999.log", "x.log");
        assertThat(text("x.log")).isEqualTo("2\n");
    }

    @Test
    void file_thatSomebodyElseHasMoved_isMadeAnew() throws IOException {
        try (RotatingFile file = open(1, 5, Duration.ZERO, false)) {
            write(file, "1\n");
            Files.move(logs().resolve("x.log"), logs().resolve("x.log.1"));
            write(file, "2\n");
        }
        assertThat(names()).containsExactly("x.log", "x.log.1");
        assertThat(text("x.log")).isEqualTo("2\n");
        assertThat(trouble).isEmpty();
    }

    private RotatingFile open(long maxBytes, int maxBackups, Duration maxAge, boolean compress) throws IOException {
        return RotatingFile.open(
                new LogFileConfig(logs().resolve("x.log"), maxBytes, maxBackups, maxAge, compress),
                () -> now,
                Runnable::run,
                trouble::add);
    }

    private Path logs() {
        return directory.resolve("deep/logs");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(logs())) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(logs().resolve(name));
    }

    private static void write(RotatingFile file, String... lines) throws IOException {
        for (String line : lines) {
            file.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }
}
