package dev.aigateway.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The sample {@code application.yaml} of this project. */
final class SampleFile {
    private SampleFile() {}

    static String text() {
        try {
            return Files.readString(Path.of("application.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With every setting, as a user has it who removes each "#" before one. */
    static String everything() {
        return text().lines()
                .map(line -> line.replaceFirst("^  # (?=( *#)? *[a-z{-][a-z-]*:|  *- (?:name|models)| *#)", "  "))
                .collect(Collectors.joining("\n"));
    }
}
