package dev.aigateway.observe;

import dev.aigateway.config.LogFileConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A file that grows up to its limit and is then put aside. No line is split, none is held back. The older files are tidied
 * when one comes and once an hour, by somebody else, because packing takes long. A file that cannot be put aside grows on:
 * a line is worth more than a limit. Safe for concurrent use. Behaviour reference: section 3.14, rows 224 and 228.
 */
final class RotatingFile implements AutoCloseable {
    private static final Duration TIDY_INTERVAL = Duration.ofHours(1);
    /** How long a file that could not be put aside is left alone. */
    static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

    private final LogFileConfig config;
    private final InstantSource clock;
    private final Executor tidying;
    private final Consumer<IOException> trouble;
    private final Backups backups;
    private OutputStream out;
    private long size;
    private Instant tidied = Instant.EPOCH;
    private Instant nextRotation = Instant.EPOCH;
    private boolean stuck;

    private RotatingFile(LogFileConfig config, InstantSource clock, Executor tidying, Consumer<IOException> trouble)
            throws IOException {
        this.config = config;
        this.clock = clock;
        this.tidying = tidying;
        this.trouble = trouble;
        this.backups = new Backups(config);
        this.out = PrivateOutput.open(config.path());
        this.size = Files.size(config.path());
    }

    /**
     * Makes the folders that are not there.
     *
     * @param tidying runs one task at a time
     * @param trouble hears of what went wrong there, and when a file cannot be put aside
     */
    static RotatingFile open(LogFileConfig config, InstantSource clock, Executor tidying, Consumer<IOException> trouble)
            throws IOException {
        Path folder = config.path().toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return new RotatingFile(config, clock, tidying, trouble);
    }

    synchronized void write(byte[] line) throws IOException {
        Instant now = clock.instant();
        boolean full = size > 0 && size + line.length > config.maxBytes();
        if (full && !now.isBefore(nextRotation)) {
            rotateIfPossible(now);
        } else if (!now.isBefore(tidied.plus(TIDY_INTERVAL))) {
            tidy(now);
        }
        out.write(line);
        size += line.length;
    }

    private void rotateIfPossible(Instant now) {
        try {
            rotate(now);
            stuck = false;
        } catch (IOException e) {
            nextRotation = now.plus(RETRY_INTERVAL);
            if (!stuck) {
                stuck = true;
                trouble.accept(e);
            }
        }
    }

    /** The old file is there to be written to until there is a new one. */
    private void rotate(Instant now) throws IOException {
        if (Files.exists(config.path())) {
            backups.add(config.path(), now);
        }
        OutputStream old = out;
        out = PrivateOutput.open(config.path());
        size = Files.size(config.path());
        old.close();
        tidy(now);
    }

    private void tidy(Instant now) {
        tidied = now;
        tidying.execute(() -> {
            try {
                backups.tidy(now);
            } catch (IOException e) {
                trouble.accept(e);
            }
        });
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
