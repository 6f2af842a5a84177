package dev.aigateway.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What the reloader wrote to the log since this was opened. */
final class ReloadLogRecords extends Handler {
    private static final Logger LOG = Logger.getLogger("ai-gateway.config");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    ReloadLogRecords() {
        LOG.addHandler(this);
    }

    /** Level and message. */
    List<String> lines() {
        return lines;
    }

    List<String> errors() {
        return lines.stream().filter(line -> line.startsWith("ERROR")).toList();
    }

    @Override
    public void publish(LogRecord message) {
        if (message.getLevel().intValue() >= Level.INFO.intValue()) {
            lines.add(message.getLevel() + " " + ((ExtLogRecord) message).getFormattedMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
    }
}
