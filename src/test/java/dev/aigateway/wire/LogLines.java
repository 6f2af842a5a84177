package dev.aigateway.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A log file of the gateway under test, which is written a moment after an answer. */
record LogLines(Path file) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    List<String> all() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> about(String text) {
        return all().stream().filter(line -> line.contains(text)).toList();
    }

    String await(String text) {
        return await(lines -> lines.stream().anyMatch(line -> line.contains(text))).stream()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow();
    }

    List<String> await(Predicate<List<String>> wanted) {
        long start = System.nanoTime();
        List<String> lines = all();
        while (!wanted.test(lines)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("the log does not say it: " + lines);
            }
            Thread.onSpinWait();
            lines = all();
        }
        return lines;
    }
}
