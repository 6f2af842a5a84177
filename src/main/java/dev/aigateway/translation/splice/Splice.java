package dev.aigateway.translation.splice;

import dev.aigateway.sse.ByteSlice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replaces bytes by offset and finds nested members by path. Pure functions. */
public final class Splice {
    private Splice() {}

    /** A copy of {@code source} with {@code length} bytes from {@code offset} replaced. */
    public static byte[] replace(byte[] source, int offset, int length, byte[] replacement) {
        byte[] result = new byte[source.length - length + replacement.length];
        System.arraycopy(source, 0, result, 0, offset);
        System.arraycopy(replacement, 0, result, offset, replacement.length);
        int tail = offset + length;
        System.arraycopy(source, tail, result, offset + replacement.length, source.length - tail);
        return result;
    }

    /**
     * The value at a path of member names, or empty when the document has no such member or is not an object.
     *
     * @param document JSON; a malformed document has no members
     */
    public static Optional<ByteSlice> find(ByteSlice document, String... path) {
        ByteSlice value = document;
        for (String name : path) {
            Finder finder = new Finder(name);
            try {
                JsonScanner.scanObject(value, finder);
            } catch (JsonScanner.JsonSyntaxException e) {
                return Optional.empty();
            }
            if (finder.found == null) {
                return Optional.empty();
            }
            value = finder.found;
        }
        return Optional.of(value);
    }

    private static final class Finder implements JsonScanner.MemberVisitor {
        private final String name;
        private @Nullable ByteSlice found;

        Finder(String name) {
            this.name = name;
        }

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is(name)) {
                found = value;
            }
        }
    }
}
