package dev.aigateway.observe;

import dev.aigateway.config.CurrentConfig;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** One line per request, in category {@code ai-gateway.request}; switched off with {@code --no-logger}. */
@Singleton
public class RequestLog {
    private static final Logger LOG = Logger.getLogger("ai-gateway.request");

    private final CurrentConfig config;

    public RequestLog(CurrentConfig config) {
        this.config = config;
    }

    public void write(RequestLine line) {
        if (config.get().log().requests()) {
            LOG.info(text(line));
        }
    }

    static String text(RequestLine line) {
        return "%s %s %s -> %s%s %d %s attempts=%d %dms in=%d out=%d"
                .formatted(
                        line.id(),
                        line.protocol(),
                        printable(line.model()),
                        line.target().map(RequestLog::printable).orElse("-"),
                        line.stream() ? " stream" : "",
                        line.status(),
                        line.outcome(),
                        line.attempts(),
                        line.millis(),
                        line.usage().input().orElse(0),
                        line.usage().output().orElse(0));
    }

    /** The model is the client's own text: it must not be able to forge a log line. */
    private static String printable(String text) {
        String shortened = text.length() > 128 ? text.substring(0, 128) : text;
        return shortened.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
