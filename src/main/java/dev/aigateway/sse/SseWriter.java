package dev.aigateway.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects outgoing events into one run of bytes. {@link #drain()} hands them over and starts anew.
 *
 * <p>Confined to one thread at a time.
 */
public final class SseWriter {
    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = new byte[512];
    private int length;

    /** An event without a name; {@code data} must not contain a line break. */
    public void data(byte[] data) {
        ascii("data: ");
        raw(data, 0, data.length);
        ascii("\n\n");
    }

    /** An event with a name; {@code data} must not contain a line break. */
    public void event(String name, byte[] data) {
        ascii("event: ");
        ascii(name);
        ascii("\n");
        data(data);
    }

    /** A comment as an event of its own. */
    public void comment(String ascii) {
        ascii(": ");
        ascii(ascii);
        ascii("\n\n");
    }

    public void raw(ByteSlice slice) {
        raw(slice.array(), slice.offset(), slice.length());
    }

    public void raw(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    public void ascii(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
        raw(encoded, 0, encoded.length);
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public int length() {
        return length;
    }

    /** What was written since the last call. */
    public byte[] drain() {
        if (length == 0) {
            return NOTHING;
        }
        byte[] result = Arrays.copyOf(bytes, length);
        length = 0;
        return result;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
