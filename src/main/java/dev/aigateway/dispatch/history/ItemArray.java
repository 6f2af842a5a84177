package dev.aigateway.dispatch.history;

import dev.aigateway.sse.ByteSlice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** JSON arrays of items as bytes, so that a long history is never parsed and goes on unchanged. Pure functions. */
final class ItemArray {
    private static final byte[] BEFORE_TEXT = ascii("[{\"type\":\"message\",\"role\":\"user\",\"content\":");
    private static final byte[] AFTER_TEXT = ascii("}]");

    private ItemArray() {}

    /** The input of a request, a text as the message that it stands for. */
    static byte[] of(ByteSlice input) {
        if (input.array()[input.offset()] != '"') {
            return input.copy();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(BEFORE_TEXT.length + input.length() + AFTER_TEXT.length);
        out.writeBytes(BEFORE_TEXT);
        out.write(input.array(), input.offset(), input.length());
        out.writeBytes(AFTER_TEXT);
        return out.toByteArray();
    }

    static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(first.length + second.length);
        out.write('[');
        boolean empty = isEmpty(first);
        if (!empty) {
            out.write(first, 1, first.length - 2);
        }
        if (!isEmpty(second)) {
            if (!empty) {
                out.write(',');
            }
            out.write(second, 1, second.length - 2);
        }
        out.write(']');
        return out.toByteArray();
    }

    private static boolean isEmpty(byte[] array) {
        for (int i = 1; i < array.length - 1; i++) {
            if (array[i] != ' ' && array[i] != '\n' && array[i] != '\r' && array[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
