package dev.aigateway.translation.relay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Turns the elements of a JSON array into server-sent events while they arrive, in any chunking. Line breaks between
 * tokens become spaces; the elements' grammar is left to whoever reads the events. Holds nothing but its place. Confined
 * to one stream.
 */
final class ArrayElements {
    private static final byte[] BEGIN = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream events = new ByteArrayOutputStream();
    /** 0 outside of the array, 1 between its elements. */
    private int depth;

    private boolean element;
    private boolean string;
    private boolean escaped;

    /** The events, or parts of events, in the next bytes of the array. */
    byte[] feed(byte[] chunk) {
        events.reset();
        for (byte b : chunk) {
            if (string) {
                inString(b);
            } else {
                token(b);
            }
        }
        return events.toByteArray();
    }

    private void inString(byte b) {
        events.write(b);
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            string = false;
        }
    }

    private void token(byte b) {
        boolean opens = b == '{' || b == '[';
        boolean closes = b == '}' || b == ']';
        if (depth == 0) {
            depth = b == '[' ? 1 : 0;
        } else if (depth == 1 && (b == ',' || b == ']')) {
            endElement();
            depth = b == ']' ? 0 : 1;
        } else if (depth > 1 || !BodyForm.isBlank(b)) {
            beginElement();
            events.write(b == '\n' || b == '\r' ? ' ' : b);
            string = b == '"';
            depth += opens ? 1 : closes ? -1 : 0;
            if (closes && depth == 1) {
                endElement();
            }
        }
    }

    private void beginElement() {
        if (!element) {
            element = true;
            events.writeBytes(BEGIN);
        }
    }

    private void endElement() {
        if (element) {
            element = false;
            events.writeBytes(END);
        }
    }
}
