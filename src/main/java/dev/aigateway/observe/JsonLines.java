package dev.aigateway.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/** Writes each log record as one line that is a JSON object. Stateless and safe for concurrent use. */
final class JsonLines extends ExtFormatter {
    private static final JsonFactory FACTORY = new JsonFactory();

    @Override
    public String format(ExtLogRecord entry) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", entry.getInstant().toString());
            json.writeStringField("level", entry.getLevel().getName());
            json.writeStringField("logger", entry.getLoggerName());
            json.writeStringField("message", entry.getFormattedMessage());
            writeFields(entry.getParameters(), json);
            Throwable thrown = entry.getThrown();
            if (thrown != null) {
                json.writeStringField("stack_trace", trace(thrown));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString();
    }

    private static void writeFields(Object @Nullable [] parameters, JsonGenerator json) throws IOException {
        if (parameters != null && parameters.length == 1 && parameters[0] instanceof LogFields fields) {
            for (Map.Entry<String, Object> field : fields.values().entrySet()) {
                json.writeObjectField(field.getKey(), field.getValue());
            }
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
