package dev.aigateway.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Reads all sources again and puts what they say in force, as a whole or not at all. Flags and environment variables keep
 * their rank. What is read only once at start stays as it was and is named. Safe for concurrent use, one reload at a time;
 * it reads files and so is not for the event loop. Behaviour reference: sections 14, 16 (D-26,
 * D-27).
 */
public final class ConfigReloader {
    private static final Logger LOG = Logger.getLogger("ai-gateway.config");

    private static final Predicate<String> NEEDS_RESTART = path -> path.matches("host|port|shutdown-timeout")
            || path.startsWith("tls.")
            || path.startsWith(ConfigFile.FRAMEWORK_KEY + ".");

    private final Sources sources;
    private final CurrentConfig current;
    private final ReloadLog log;
    private final Settings atStart;
    private final AtomicReference<Status> status = new AtomicReference<>(new Status(0, false));
    private final AtomicReference<Fingerprints> taken = new AtomicReference<>(new Fingerprints(Map.of()));
    private ConfigLoader.Loaded inForce;

    private ConfigReloader(Sources sources) {
        this.sources = sources;
        this.inForce = load(Optional.empty());
        this.log = new ReloadLog(inForce.result().warnings());
        this.atStart = inForce.settings();
        this.current = new CurrentConfig(inForce.result().config());
    }

    /**
     * How reloading has gone.
     *
     * @param reloads how many changes were put in force since the start
     * @param stale whether the files now say something that could not be put in force
     */
    public record Status(int reloads, boolean stale) {}

    /** @throws ConfigException when there is nothing to start with */
    static ConfigReloader start(Sources sources) {
        return new ConfigReloader(sources);
    }

    CurrentConfig current() {
        return current;
    }

    public Status status() {
        return status.get();
    }

    /** The files to watch; which they are may change with what they hold. */
    Set<Path> files() {
        Set<Path> files = new LinkedHashSet<>(ConfigLoader.files(sources));
        files.addAll(taken.get().files());
        return files;
    }

    /** What they held when they were last read, whether that could be used or not. */
    Fingerprints taken() {
        return taken.get();
    }

    /** Never throws for what the files hold. What it did is in the log, too. */
    public synchronized ReloadResult reload() {
        ReloadResult result = replace();
        log.write(result, inForce.result());
        Status last = status.get();
        status.set(
                switch (result) {
                    case ReloadResult.Applied applied -> new Status(last.reloads() + 1, false);
                    case ReloadResult.Unchanged unchanged -> new Status(last.reloads(), false);
                    case ReloadResult.Refused refused -> new Status(last.reloads(), true);
                });
        return result;
    }

    private ConfigLoader.Loaded load(Optional<LoadedConfig> running) {
        Fingerprints before = Fingerprints.of(ConfigLoader.files(sources));
        ConfigLoader loader = new ConfigLoader(sources);
        try {
            return loader.load(running);
        } finally {
            taken.set(before.and(loader.keyFiles()));
        }
    }

    private ReloadResult replace() {
        try {
            ConfigLoader.Loaded next = load(Optional.of(inForce.result()));
            List<String> changes = changes(next);
            boolean same = next.result().config().equals(current.get());
            if (!same) {
                current.replace(next.result().config());
            }
            inForce = next;
            List<String> restart = restartNeeded(next);
            return same ? new ReloadResult.Unchanged(restart) : new ReloadResult.Applied(changes, restart);
        } catch (ConfigException e) {
            return new ReloadResult.Refused(e.problems());
        } catch (RuntimeException e) {
            LOG.error("The configuration is good, but could not be put in force", e);
            return new ReloadResult.Refused(
                    List.of(new ConfigProblem("configuration", "", "could not be put in force; see the log")));
        }
    }

    private List<String> changes(ConfigLoader.Loaded next) {
        return new SettingsDiff(
                        inForce.settings().named(NEEDS_RESTART.negate()),
                        next.settings().named(NEEDS_RESTART.negate()))
                .changes();
    }

    private List<String> restartNeeded(ConfigLoader.Loaded next) {
        return new SettingsDiff(atStart.named(NEEDS_RESTART), next.settings().named(NEEDS_RESTART)).paths();
    }
}
