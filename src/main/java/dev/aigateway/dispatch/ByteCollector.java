package dev.aigateway.dispatch;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Collects chunks into one array, with as few copies as their number allows. Confined to one body. */
public final class ByteCollector {
    private static final int FIRST = 8 * 1024;
    /** What is set aside on an announcement alone. */
    private static final int MOST_IN_ADVANCE = 1024 * 1024;

    private byte[] bytes;
    private int length;

    /** @param expected the announced length, or a negative number */
    public ByteCollector(long expected) {
        bytes = new byte[expected < 0 ? FIRST : (int) Math.min(expected, MOST_IN_ADVANCE)];
    }

    /** An array as a buffer, without a copy; it must not be changed any more. */
    public static Buffer wrap(byte[] bytes) {
        return Buffer.buffer(Unpooled.wrappedBuffer(bytes));
    }

    public void add(Buffer chunk) {
        int more = chunk.length();
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        chunk.getBytes(bytes, length);
        length += more;
    }

    public int length() {
        return length;
    }

    /** Everything so far; nothing may be added after that. */
    public byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
