package dev.aigateway.config;

import java.util.ArrayList;
import java.util.List;

/** What turned up while the configuration was read: values, and all that is wrong at once. Used by one thread. */
final class Findings {
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final Settings settings = new Settings();

    void problem(String where, String key, String message) {
        problems.add(new ConfigProblem(where, key, message));
    }

    void warning(String where, String key, String message) {
        warnings.add(new ConfigProblem(where, key, message));
    }

    void read(String path, Object value, String text) {
        settings.put(path, value, text);
    }

    Settings settings() {
        return settings;
    }

    List<ConfigProblem> warnings() {
        return List.copyOf(warnings);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw toException();
        }
    }

    ConfigException toException() {
        return new ConfigException(problems);
    }
}
