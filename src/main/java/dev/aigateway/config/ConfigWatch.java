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
 * network drive, and a folder that is replaced, while two small files are read in no time. A change is taken up when the
 * files were the same twice in a row, so that one that is still being written is left alone. Has a virtual thread of its
 * own.
 */
@Singleton
@Startup
class ConfigWatch {
    private static final Logger LOG = Logger.getLogger("ai-gateway.config");
    /** How soon watching begins when a reload by other means turns it on. */
    private static final Duration PAUSE_WHEN_OFF = Duration.ofSeconds(1);

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

    private void run() {
        Fingerprints taken = Fingerprints.of(reloader.files());
        // The files may have changed since they were loaded, before anybody watched.
        reload();
        Fingerprints before = taken;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration interval = reloader.current().get().server().reloadInterval();
                Thread.sleep(interval.isZero() ? PAUSE_WHEN_OFF : interval);
                Fingerprints now = interval.isZero() ? before : Fingerprints.of(reloader.files());
                if (!now.equals(taken) && now.equals(before)) {
                    taken = now;
                    reload();
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
