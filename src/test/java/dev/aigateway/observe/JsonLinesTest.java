package dev.aigateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private final JsonLines lines = new JsonLines();

    @Test
    void line_isOneObject_whateverTheMessageHolds() {
        assertThat(lines.format(entry("a \"b\"\r\n\u001b {0} %s")))
                .isEqualTo("{\"time\":\"2026-01-31T12:00:00Z\",\"level\":\"WARN\",\"logger\":\"some.where\","
                        + "\"message\":\"a \\\"b\\\"\\r\\n\\u001B {0} %s\"}\n");
    }

    @Test
    void fields_followTheMessage_eachWithItsType() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", "x");
        fields.put("number", 5L);
        fields.put("truth", true);
        ExtLogRecord entry = entry("m");
        entry.setParameters(new Object[] {new LogFields(fields)});
        assertThat(lines.format(entry)).endsWith("\"message\":\"m\",\"text\":\"x\",\"number\":5,\"truth\":true}\n");
    }

    @Test
    void thrown_isInsideTheLine() {
        ExtLogRecord entry = entry("m");
        entry.setThrown(new IllegalStateException("defect"));
        assertThat(lines.format(entry))
                .contains("\"stack_trace\":\"java.lang.IllegalStateException: defect\\n\\tat ")
                .containsOnlyOnce("\n");
    }

    private static ExtLogRecord entry(String message) {
        ExtLogRecord entry = new ExtLogRecord(Level.WARN, message, ExtLogRecord.FormatStyle.NO_FORMAT, "x");
        entry.setLoggerName("some.where");
        entry.setInstant(Instant.parse("2026-01-31T12:00:00Z"));
        return entry;
    }
}
