package dev.aigateway.config;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Looks at the configuration's files at short intervals and reloads when they hold something else. It compares contents
 * and does not wait for events of the file system: these miss a link that changes further up, as in a mounted ConfigMap, a
 * network drive, and a folder that is replaced, while a few small files are read in no time. A change is taken up when the
 * files were the same twice in a row, so that one that is still being written is left alone. Has a virtual thread of its
 * own.
 */
@Singleton
@Startup
class ConfigWatch {
    private static final Logger LOG = Logger.getLogger("ai-gateway.config");
    /** How soon watching begins when a reload by other means turns it on. */
    private static final Duration PAUSE_WHEN_OFF = Duration.ofSeconds(1);

    /** How long a file must be gone or empty before that is believed. */
    private static final Duration EMPTY_FOR = Duration.ofSeconds(2);

    private final ConfigReloader reloader;
    private final Thread thread = Thread.ofVirtual().name("config-watch").unstarted(this::run);

    ConfigWatch(ConfigReloader reloader) {
        this.reloader = reloader;
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    @PreDestroy
    void stop() {
        thread.interrupt();
    }

    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    private void run() {
        Fingerprints before = reloader.taken();
        long since = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration interval = reloader.current().get().server().reloadInterval();
                Thread.sleep(interval.isZero() ? PAUSE_WHEN_OFF : interval);
                if (interval.isZero()) {
                    continue;
                }
                Fingerprints now = Fingerprints.of(reloader.files());
                if (!now.equals(before)) {
                    since = System.nanoTime();
                } else if (!isTaken(now, since)) {
                    reload();
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTaken(Fingerprints now, long since) {
        Fingerprints taken = reloader.taken();
        return now.equals(taken) || isBetween(now, taken, since);
    }

    /** Whoever saves a file may empty or remove it first. */
    private static boolean isBetween(Fingerprints now, Fingerprints taken, long since) {
        return now.misses(taken) && System.nanoTime() - since < EMPTY_FOR.toNanos();
    }

    /** A defect must not end the watch. */
    private void reload() {
        try {
            reloader.reload();
        } catch (RuntimeException e) {
            LOG.error("The configuration could not be reloaded", e);
        }
    }
}
