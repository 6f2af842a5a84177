package dev.aigateway.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Configurations for the tests of other packages, read as the gateway reads its file. */
public final class Configurations {
    private Configurations() {}

    /** @param body what stands below {@code ai-proxy:}, as it is indented there */
    public static GatewayConfig of(String body) {
        try {
            Path directory = Files.createTempDirectory("configuration");
            Path file = directory.resolve("application.yaml");
            try {
                Files.writeString(file, "ai-proxy:\n" + body.indent(2));
                return ConfigLoader.load(new Sources(Map.of(), Map.of(), directory))
                        .config();
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param entry one entry of {@code providers}, in one line without its braces */
    public static ProviderConfig provider(String entry) {
        return of("providers: [ { " + entry + " } ]").providers().getFirst();
    }

    /** A new configuration takes the place of the one in force, as after a reload. */
    public static void replace(CurrentConfig current, GatewayConfig next) {
        current.replace(next);
    }
}
