package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One loading of a configuration in a folder of its own, with nothing of the real environment. */
final class Loading {
    private final Path directory;
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    Loading(Path directory) {
        this.directory = directory;
    }

    /** @param body what stands below {@code ai-proxy:}, as it is indented there */
    Loading yaml(String body) {
        return file("application.yaml", "ai-proxy:\n" + body.indent(2));
    }

    Loading file(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Loading property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    Loading variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Sources sources() {
        return new Sources(properties, environment, directory);
    }

    /** Whatever the gateway takes, editors know too. */
    LoadedConfig load() {
        LoadedConfig loaded = ConfigLoader.load(sources());
        loaded.file()
                .map(Loading::read)
                .filter(text -> text.startsWith("ai-proxy:"))
                .ifPresent(text ->
                        assertThat(FileSchema.unknownKeys(text)).as(text).isEmpty());
        return loaded;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GatewayConfig config() {
        return load().config();
    }

    List<String> warnings() {
        return load().warnings().stream().map(ConfigProblem::toString).toList();
    }

    /** What is wrong with it, one line each. */
    List<String> problems() {
        ConfigException refused = catchThrowableOfType(ConfigException.class, this::load);
        return refused == null
                ? List.of()
                : refused.problems().stream().map(ConfigProblem::toString).toList();
    }
}
