package dev.aigateway.observe;

import dev.aigateway.config.GatewayConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Bodies of requests and answers, for debugging only ({@code log.bodies}), in category {@code ai-gateway.bodies}. Keys are
 * masked before a body is cut, so that no half of one is left. Callers ask {@link #isOn} first. Stateless.
 */
public final class BodyLog {
    /** What a message may have in the log. */
    static final int MOST_CHARACTERS = 10_000;

    /** Enough for that many characters and a key at the end. */
    static final int MOST_BYTES = 4 * MOST_CHARACTERS + 8 * 1024;

    private static final Logger LOG = Logger.getLogger("ai-gateway.bodies");

    private BodyLog() {}

    public static boolean isOn(GatewayConfig config) {
        return config.log().bodies();
    }

    /** @param what which message it is, such as {@code request} */
    public static void write(GatewayConfig config, String id, String what, byte[] body) {
        write(config, id, what, body, body.length);
    }

    /** @param length of the whole body, of which only the beginning may be at hand */
    static void write(GatewayConfig config, String id, String what, byte[] body, long length) {
        if (LOG.isLoggable(Level.INFO)) {
            ExtLogRecord entry = new ExtLogRecord(
                    Level.INFO,
                    text(Redaction.of(config), id, what, body, length),
                    ExtLogRecord.FormatStyle.NO_FORMAT,
                    BodyLog.class.getName());
            entry.setLoggerName(LOG.getName());
            LOG.logRaw(entry);
        }
    }

    /** One line, whatever the body is made of. */
    static String text(Redaction redaction, String id, String what, byte[] body, long length) {
        String beginning = new String(Arrays.copyOf(body, Math.min(body.length, MOST_BYTES)), StandardCharsets.UTF_8);
        String masked = redaction.everything(beginning);
        String cut = masked.length() > MOST_CHARACTERS ? masked.substring(0, MOST_CHARACTERS) : masked;
        boolean whole = cut.length() == masked.length() && beginning.length() > 0 && length <= MOST_BYTES;
        String line = cut.replace("\r", "\\r").replace("\n", "\\n").replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return Printable.word(id) + " " + what + " (" + length + " bytes): " + line
                + (whole || length == 0 ? "" : "...");
    }
}
