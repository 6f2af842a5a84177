package dev.aigateway.observe;

import java.util.Set;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * One line per request, in category {@code ai-gateway.request}: INFO, but DEBUG for probes that succeed, which come every
 * few seconds. Stateless.
 */
public final class RequestLog {
    private static final Logger LOG = Logger.getLogger("ai-gateway.request");
    private static final Set<String> PROBES = Set.of("/", "/health", "/q/health", "/q/health/live", "/q/health/ready");

    private RequestLog() {}

    public static void write(AccessLine line) {
        Level level = line.status() < 400 && PROBES.contains(line.call().path()) ? Level.DEBUG : Level.INFO;
        if (LOG.isLoggable(level)) {
            ExtLogRecord entry = new ExtLogRecord(
                    level, line.text(), ExtLogRecord.FormatStyle.NO_FORMAT, RequestLog.class.getName());
            entry.setLoggerName(LOG.getName());
            entry.setParameters(new Object[] {line.fields()});
            LOG.logRaw(entry);
        }
    }
}
