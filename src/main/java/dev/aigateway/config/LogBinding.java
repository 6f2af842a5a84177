package dev.aigateway.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is logged, and where. */
final class LogBinding {
    private static final long DEFAULT_BYTES = 100L << 20;
    private static final int DEFAULT_BACKUPS = 3;
    private static final Duration DEFAULT_AGE = Duration.ofDays(28);

    private LogBinding() {}

    static LogConfig bind(Section root) {
        LogConfig defaults = LogConfig.DEFAULT;
        Section log = root.group("log");
        // The older name of log.requests.
        Optional<Boolean> requestLog = root.value("request-log", Values::bool);
        return new LogConfig(
                log.value("level", Values.word(LogLevel.values())).orElse(defaults.level()),
                log.value("format", Values.word(LogFormat.values())).orElse(defaults.format()),
                log.value("requests", Values::bool).or(() -> requestLog).orElse(defaults.requests()),
                file(log),
                log.value("bodies", Values::bool).orElse(defaults.bodies()),
                log.value("trust-forwarded-for", Values::bool).orElse(defaults.trustForwardedFor()));
    }

    private static Optional<LogFileConfig> file(Section log) {
        Section file = log.group("file");
        Optional<Path> path = file.value("path", LogBinding::path);
        long maxBytes = file.value("max-size", Values::fileSize).orElse(DEFAULT_BYTES);
        int maxBackups = file.value("max-backups", Values.integer(0, 10_000)).orElse(DEFAULT_BACKUPS);
        Duration maxAge = file.value("max-age", Values::age).orElse(DEFAULT_AGE);
        boolean compress = file.value("compress", Values::bool).orElse(false);
        if (log.has("file") && !file.isBroken() && !file.has("path")) {
            file.problem("needs path, the file to write to");
        }
        return path.map(where -> new LogFileConfig(where, maxBytes, maxBackups, maxAge, compress));
    }

    /** Makes nothing, and the file may be meant for another machine: whether it can be opened shows when it is. */
    private static Path path(String text) throws BadValueException {
        try {
            Path path = Path.of(Values.text(text));
            if (path.getFileName() == null || Files.isDirectory(path)) {
                throw new BadValueException("must be the path of a file, not of a folder");
            }
            Path whole = path.toAbsolutePath().normalize();
            Path nearest = nearest(whole);
            boolean fits = nearest != null
                    && (nearest.equals(whole) ? isWritableOrPutAside(nearest) : Files.isDirectory(nearest));
            if (!fits) {
                throw BadValueException.ofThisMachine("must be the path of a file that can be written");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new BadValueException("is not a path", ValueForm.NOT_EMPTY);
        }
    }

    /** A file that was there a moment ago and is not any more was put aside by this very gateway, in a reload. */
    private static boolean isWritableOrPutAside(Path file) {
        return Files.isWritable(file) || Files.notExists(file);
    }

    /** The file, or the folder above that is there. */
    private static @Nullable Path nearest(Path path) {
        Path nearest = path;
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        return nearest;
    }
}
