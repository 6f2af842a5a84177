package dev.aigateway.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A view of bytes inside a larger array, made to avoid copying on the hot path.
 *
 * <p>A slice handed to a callback is valid only until the callback returns; keep {@link #copy()} instead.
 */
public record ByteSlice(byte[] array, int offset, int length) {
    public static ByteSlice of(byte[] array) {
        return new ByteSlice(array, 0, array.length);
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** Whether the bytes are exactly those of an ASCII text. */
    public boolean is(String ascii) {
        if (ascii.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (array[offset + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public byte[] copy() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** The bytes decoded as UTF-8. */
    public String text() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteSlice slice
                && Arrays.equals(
                        array, offset, offset + length, slice.array, slice.offset, slice.offset + slice.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return text();
    }
}
