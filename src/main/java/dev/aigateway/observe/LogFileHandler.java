package dev.aigateway.observe;

import dev.aigateway.config.LogFileConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes log records to a {@link RotatingFile}. Safe for concurrent use; a failure is told once, to standard error. */
final class LogFileHandler extends Handler {
    private final ExecutorService tidying = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("log-files").factory());
    private final RotatingFile file;

    LogFileHandler(LogFileConfig config, Formatter formatter) throws IOException {
        setFormatter(formatter);
        file = RotatingFile.open(
                config,
                InstantSource.system(),
                tidying,
                trouble -> reportError("older log files", trouble, ErrorManager.GENERIC_FAILURE));
    }

    @Override
    public void publish(LogRecord entry) {
        try {
            file.write(getFormatter().format(entry).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            reportError("log file", e, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public void flush() {
        // Every line is written at once.
    }

    @Override
    public void close() {
        tidying.shutdown();
        try {
            file.close();
        } catch (IOException e) {
            reportError("log file", e, ErrorManager.CLOSE_FAILURE);
        }
    }
}
