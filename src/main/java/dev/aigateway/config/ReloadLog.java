package dev.aigateway.config;

import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Tells of reloads, in category {@code ai-gateway.config}. What was told and still holds is not told again. */
final class ReloadLog {
    private static final Logger LOG = Logger.getLogger("ai-gateway.config");
    private static final int MOST = 30;

    private List<String> restartNeeded = List.of();
    private List<ConfigProblem> warnings;

    /** @param told the warnings of the start, which have been told */
    ReloadLog(List<ConfigProblem> told) {
        this.warnings = told;
    }

    void write(ReloadResult result, LoadedConfig inForce) {
        switch (result) {
            case ReloadResult.Applied applied -> LOG.infof("Configuration reloaded: %s", list(applied.changes()));
            case ReloadResult.Unchanged unchanged -> LOG.debug("Configuration read again: nothing to change");
            case ReloadResult.Refused refused ->
                LOG.errorf("Configuration not reloaded, the old one stays in force: %s", problems(refused.problems()));
        }
        if (!(result instanceof ReloadResult.Refused)) {
            // Also when nothing changed: a key's file may be of no use for another reason than before.
            warn(inForce.warnings());
            restart(result.restartNeeded());
        }
    }

    private void restart(List<String> now) {
        if (!now.isEmpty() && !now.equals(restartNeeded)) {
            LOG.warnf("Restart needed for %s; until then the old values stay in force", list(now));
        }
        restartNeeded = now;
    }

    private void warn(List<ConfigProblem> now) {
        now.stream().filter(warning -> !warnings.contains(warning)).forEach(warning -> LOG.warn(warning.toString()));
        warnings = now;
    }

    private static String problems(List<ConfigProblem> problems) {
        return list(problems.stream().map(ConfigProblem::toString).toList());
    }

    private static String list(List<String> entries) {
        if (entries.isEmpty()) {
            return "order of entries";
        }
        int more = entries.size() - MOST;
        return entries.stream().limit(MOST).map(ReloadLog::oneLine).collect(Collectors.joining("; "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** A key may be made of any characters. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
