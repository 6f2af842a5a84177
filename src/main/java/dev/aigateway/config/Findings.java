package dev.aigateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What turned up while the configuration was read: values, and all that is wrong at once. Used by one thread. */
final class Findings {
    private final List<ConfigProblem> problems;
    private final Set<ConfigProblem> ofThisMachine;
    private final List<ConfigProblem> warnings;
    private final Settings settings;
    private final Map<Path, String> keyFiles;
    /** From the path of a key to the path of what stands in its place when it is not there. */
    private final UnaryOperator<String> below;

    Findings() {
        this.problems = new ArrayList<>();
        this.ofThisMachine = new HashSet<>();
        this.warnings = new ArrayList<>();
        this.settings = new Settings();
        this.keyFiles = new LinkedHashMap<>();
        this.below = UnaryOperator.identity();
    }

    private Findings(Findings same, UnaryOperator<String> below) {
        this.problems = same.problems;
        this.ofThisMachine = same.ofThisMachine;
        this.warnings = same.warnings;
        this.settings = same.settings;
        this.keyFiles = same.keyFiles;
        this.below = below;
    }

    /** The same findings for a group through which another is seen: what has been told of that is not told again. */
    Findings overlaid(String path, String belowPath) {
        return new Findings(
                this, key -> key.startsWith(path) ? below.apply(belowPath + key.substring(path.length())) : key);
    }

    void problem(String where, String key, String message) {
        if (!problems.contains(new ConfigProblem(where, below.apply(key), message))) {
            problems.add(new ConfigProblem(where, key, message));
        }
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

    /** To be told before the file is read, so that whatever changes meanwhile shows as a change. */
    void keyFile(Path path) {
        keyFiles.putIfAbsent(path, Fingerprints.digest(path));
    }

    /** The files that keys were looked for in, as they were then. */
    Fingerprints keyFiles() {
        return new Fingerprints(Map.copyOf(keyFiles));
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
