package dev.aigateway.observe;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.LogConfig;
import dev.aigateway.config.LogFileConfig;
import dev.aigateway.config.LogFormat;
import dev.aigateway.config.LogLevel;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Has the log written as the configuration says, from the start and after each change of it: levels, the form of lines, the
 * file. The framework's own lines can be made fewer, never more, so that no level of ours lets it tell what it should not.
 * Changed by one thread at a time, under the lock of {@link CurrentConfig}.
 */
@Singleton
public class LogOutput {
    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger("ai-gateway.log");
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger[] OURS = {Logger.getLogger("ai-gateway"), Logger.getLogger("dev.aigateway")};

    private final CurrentConfig config;
    private final Map<ConsoleHandler, Formatter> consoles = new HashMap<>();
    private java.util.logging.Level frameworkLevel = Level.INFO;
    private LogConfig inForce = LogConfig.DEFAULT;
    private Optional<LogFileHandler> file = Optional.empty();

    public LogOutput(CurrentConfig config) {
        this.config = config;
    }

    void start(@Observes @Priority(1) StartupEvent start) {
        frameworkLevel = Optional.ofNullable(ROOT.getLevel()).orElse(Level.INFO);
        for (Handler handler : ROOT.getHandlers()) {
            findConsoles(handler);
        }
        config.follow(this::apply);
    }

    private void findConsoles(Handler handler) {
        if (handler instanceof ConsoleHandler console) {
            consoles.put(console, console.getFormatter());
        } else if (handler instanceof ExtHandler group) {
            for (Handler inner : group.getHandlers()) {
                findConsoles(inner);
            }
        }
    }

    private void apply(GatewayConfig next) {
        LogConfig log = next.log();
        boolean bodiesBegin = log.bodies() && !inForce.bodies();
        level(log.level());
        consoles.forEach((console, text) -> console.setFormatter(formatter(log.format(), text)));
        if (!log.file().equals(inForce.file()) || log.format() != inForce.format()) {
            closeFile();
            log.file().ifPresent(wanted -> openFile(wanted, log.format()));
        }
        inForce = log;
        if (bodiesBegin) {
            LOG.warn(
                    "log.bodies is on: PROMPTS AND ANSWERS ARE WRITTEN TO THE LOG. What looks like a key is masked, but"
                            + " nothing else is; switch it off when you have found what you look for");
        }
    }

    private void level(LogLevel level) {
        java.util.logging.Level ours = standard(level);
        for (Logger logger : OURS) {
            logger.setLevel(ours);
        }
        ROOT.setLevel(
                ours.intValue() > frameworkLevel.intValue() && ours.intValue() > Level.INFO.intValue()
                        ? ours
                        : frameworkLevel);
    }

    private static java.util.logging.Level standard(LogLevel level) {
        return switch (level) {
            case OFF -> java.util.logging.Level.OFF;
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }

    private static Formatter formatter(LogFormat format, Formatter text) {
        return switch (format) {
            case TEXT -> text;
            case JSON -> new JsonLines();
        };
    }

    private void openFile(LogFileConfig wanted, LogFormat format) {
        try {
            Formatter text = new PatternFormatter("%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %s%e%n");
            LogFileHandler handler = new LogFileHandler(wanted, formatter(format, text));
            ROOT.addHandler(handler);
            file = Optional.of(handler);
        } catch (IOException e) {
            LOG.errorf("The log file %s cannot be written: %s", wanted.path(), e);
        }
    }

    /** The logging outlives the application where another one follows, as in tests and in development. */
    @PreDestroy
    void end() {
        consoles.forEach(ConsoleHandler::setFormatter);
        ROOT.setLevel(frameworkLevel);
        closeFile();
    }

    private void closeFile() {
        file.ifPresent(handler -> {
            ROOT.removeHandler(handler);
            handler.close();
        });
        file = Optional.empty();
    }
}
