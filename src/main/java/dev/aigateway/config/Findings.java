package dev.aigateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What turned up while the configuration was read: values, and all that is wrong at once. Used by one thread. */
final class Findings {
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<ConfigProblem> ofThisMachine = new HashSet<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final Settings settings = new Settings();

    void problem(String where, String key, String message) {
        problems.add(new ConfigProblem(where, key, message));
    }

    /** One that the same configuration need not have elsewhere: a file or a variable is not there. */
    void problemOfThisMachine(String where, String key, String message) {
        ofThisMachine.add(new ConfigProblem(where, key, message));
        problem(where, key, message);
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

    List<ConfigProblem> ofThisMachine() {
        return problems.stream().filter(ofThisMachine::contains).toList();
    }

    /** The problems that it has everywhere. */
    List<ConfigProblem> lasting() {
        return problems.stream()
                .filter(problem -> !ofThisMachine.contains(problem))
                .toList();
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
