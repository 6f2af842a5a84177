package dev.aigateway.translation.splice;

import dev.aigateway.sse.ByteSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Replaces bytes by offset and finds nested members by path. Pure functions. */
public final class Splice {
    private static final int MAX_DIGITS = 18;

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

    /** The object with a member's value replaced, or with the member put first where it had none. */
    public static byte[] put(byte[] object, String name, byte[] value) {
        Optional<ByteSlice> present = find(ByteSlice.of(object), name);
        if (present.isPresent()) {
            return replace(object, present.get().offset(), present.get().length(), value);
        }
        int brace = 0;
        while (object[brace] != '{') {
            brace++;
        }
        byte[] key = ("\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
        byte[] member = Arrays.copyOf(key, key.length + value.length + 1);
        System.arraycopy(value, 0, member, key.length, value.length);
        member[member.length - 1] = ',';
        return replace(object, brace + 1, 0, member);
    }

    /** A count at a path of member names; empty when there is no whole number. */
    public static OptionalLong count(ByteSlice document, String... path) {
        Optional<ByteSlice> value = find(document, path);
        if (value.isEmpty() || value.get().length() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        long count = 0;
        for (int i = 0; i < value.get().length(); i++) {
            int digit = value.get().array()[value.get().offset() + i] - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            count = count * 10 + digit;
        }
        return OptionalLong.of(count);
    }

    /** Whether a member is there and says something: neither null nor an empty text or array. */
    public static boolean says(ByteSlice document, String... path) {
        return find(document, path).filter(Splice::says).isPresent();
    }

    /** The same for a value. */
    public static boolean says(ByteSlice value) {
        return !value.is("null") && !value.is("\"\"") && !value.is("[]") && !value.is("{}");
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

    /** The elements of the array at a path of member names; none when there is no such array. */
    public static List<ByteSlice> elements(ByteSlice document, String... path) {
        List<ByteSlice> elements = new ArrayList<>();
        try {
            find(document, path).ifPresent(array -> JsonScanner.scanArray(array, elements::add));
        } catch (JsonScanner.JsonSyntaxException e) {
            return List.of();
        }
        return elements;
    }

    /** The text at a path of member names, without its quotes; empty when there is none. */
    public static String text(ByteSlice document, String... path) {
        return find(document, path).map(Splice::unquoted).orElse("");
    }

    /** A string without its quotes; escapes stay as they are. */
    public static String unquoted(ByteSlice string) {
        return new ByteSlice(string.array(), string.offset() + 1, Math.max(0, string.length() - 2)).text();
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
