package dev.aigateway.config.importing;

import java.util.ArrayList;
import java.util.List;

/** What turned up while a configuration was converted. Used by one thread. */
final class Report {
    private final List<Remark> problems = new ArrayList<>();
    private final List<Remark> warnings = new ArrayList<>();

    void problem(String place, String key, String message) {
        problems.add(new Remark(place, key, message));
    }

    void warning(String place, String key, String message) {
        warnings.add(new Remark(place, key, message));
    }

    Import result(String gateway, String yaml) {
        return problems.isEmpty() ? new Import.Done(gateway, yaml, warnings) : new Import.Refused(problems);
    }
}
