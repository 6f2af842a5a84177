package dev.aigateway.translation.splice;

import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Walks a JSON document once, checks its grammar (RFC 8259) and reports the members of its outermost object by offset.
 * Allocates nothing per token; about as fast as the bytes can be read.
 *
 * <p>Stateless apart from its position; one scanner per document and thread.
 */
public final class JsonScanner {
    private static final int MAX_DEPTH = 512;

    /** Bytes in groups of eight, for the arithmetic that looks at all of a group at once. */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private final byte[] bytes;
    private final int end;
    private int at;
    /** One bit a level: set for an object, clear for an array. */
    private final long[] kinds = new long[MAX_DEPTH / Long.SIZE];

    private JsonScanner(ByteSlice document) {
        bytes = document.array();
        at = document.offset();
        end = document.offset() + document.length();
    }

    /** Takes the members of an object, in their order. */
    @FunctionalInterface
    public interface MemberVisitor {
        /**
         * @param key the key without its quotes, escapes not resolved
         * @param value the value, quotes included for a string
         */
        void member(ByteSlice key, ByteSlice value);
    }

    /**
     * Scans a document that must be one object.
     *
     * @throws JsonSyntaxException when it is no well-formed JSON object
     */
    public static void scanObject(ByteSlice document, MemberVisitor visitor) {
        JsonScanner scanner = new JsonScanner(document);
        scanner.space();
        scanner.expect('{', "a JSON object");
        scanner.members(visitor);
        scanner.space();
        if (scanner.at < scanner.end) {
            throw scanner.error("nothing after the end of the object");
        }
    }

    /**
     * Reports the elements of a document that must be one array, in their order.
     *
     * @throws JsonSyntaxException when it is no well-formed JSON array
     */
    public static void scanArray(ByteSlice document, Consumer<ByteSlice> visitor) {
        JsonScanner scanner = new JsonScanner(document);
        scanner.space();
        scanner.expect('[', "a JSON array");
        scanner.elements(visitor);
        scanner.space();
        if (scanner.at < scanner.end) {
            throw scanner.error("nothing after the end of the array");
        }
    }

    /** Whether a scanned array has no element. */
    public static boolean isEmptyArray(ByteSlice array) {
        for (int i = array.offset() + 1; i < array.offset() + array.length() - 1; i++) {
            if (!isSpace(array.array()[i])) {
                return false;
            }
        }
        return true;
    }

    private void members(MemberVisitor visitor) {
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            space();
            int keyStart = at + 1;
            string("a member name");
            ByteSlice key = unescaped(new ByteSlice(bytes, keyStart, at - 1 - keyStart));
            space();
            expect(':', "':' after a member name");
            space();
            int valueStart = at;
            value();
            visitor.member(key, new ByteSlice(bytes, valueStart, at - valueStart));
            space();
            if (peek() == '}') {
                at++;
                return;
            }
            expect(',', "',' or '}'");
        }
    }

    private void elements(Consumer<ByteSlice> visitor) {
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        while (true) {
            space();
            int start = at;
            value();
            visitor.accept(new ByteSlice(bytes, start, at - start));
            space();
            if (peek() == ']') {
                at++;
                return;
            }
            expect(',', "',' or ']'");
        }
    }

    /** A name may be spelled with escapes; whoever reads it later would see the plain one. */
    private static ByteSlice unescaped(ByteSlice name) {
        for (int i = name.offset(); i < name.offset() + name.length(); i++) {
            if (name.array()[i] == '\\') {
                return Json.parse(name.array(), name.offset() - 1, name.length() + 2)
                        .map(value -> ByteSlice.of(value.asText().getBytes(StandardCharsets.UTF_8)))
                        .orElse(name);
            }
        }
        return name;
    }

    /** Skips one value of any kind without recursion: nesting is tracked in {@link #kinds}. */
    private void value() {
        int depth = 0;
        while (true) {
            space();
            int c = peek();
            if (c == '{' || c == '[') {
                at++;
                depth = open(depth, c == '{');
                space();
                int close = c == '{' ? '}' : ']';
                if (peek() != close) {
                    if (c == '{') {
                        name();
                    }
                    continue;
                }
            } else {
                scalar(c);
            }
            depth = closeFinished(depth);
            if (depth == 0) {
                return;
            }
        }
    }

    /** After a value: leaves every container that ends here, then steps to the next element. */
    private int closeFinished(int depth) {
        int level = depth;
        while (level > 0) {
            space();
            boolean object = isObject(level - 1);
            int c = peek();
            if (c == (object ? '}' : ']')) {
                at++;
                level--;
            } else if (c == ',') {
                at++;
                if (object) {
                    space();
                    name();
                }
                return level;
            } else {
                throw error(object ? "',' or '}'" : "',' or ']'");
            }
        }
        return 0;
    }

    private void name() {
        string("a member name");
        space();
        expect(':', "':' after a member name");
    }

    private int open(int depth, boolean object) {
        if (depth == MAX_DEPTH) {
            throw error("at most " + MAX_DEPTH + " levels of nesting");
        }
        long bit = 1L << (depth % Long.SIZE);
        if (object) {
            kinds[depth / Long.SIZE] |= bit;
        } else {
            kinds[depth / Long.SIZE] &= ~bit;
        }
        return depth + 1;
    }

    private boolean isObject(int level) {
        return (kinds[level / Long.SIZE] & (1L << (level % Long.SIZE))) != 0;
    }

    private void scalar(int c) {
        switch (c) {
            case '"' -> string("a string");
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number(c);
        }
    }

    private void string(String wanted) {
        expect('"', wanted);
        plain();
        while (at < end) {
            byte b = bytes[at++];
            if (b == '"') {
                return;
            }
            if (b == '\\') {
                escape();
                plain();
            } else if (b >= 0 && b < ' ') {
                at--;
                throw error("an escaped control character in a string");
            }
        }
        throw error("the end of a string");
    }

    /** Skips eight bytes at a time as long as none of them means anything inside a string. */
    private void plain() {
        while (end - at >= Long.BYTES) {
            long word = (long) WORDS.get(bytes, at);
            long quote = word ^ ('"' * ONES);
            long backslash = word ^ ('\\' * ONES);
            long special =
                    ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ' ' * ONES) & ~word);
            if ((special & HIGH_BITS) != 0) {
                return;
            }
            at += Long.BYTES;
        }
    }

    private void escape() {
        int c = peek();
        at++;
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (Character.digit(peek(), 16) < 0) {
                    throw error("four hexadecimal digits after \\u");
                }
                at++;
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw error("a valid escape after '\\'");
        }
    }

    private void number(int first) {
        if (first == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        int start = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw error("a JSON value");
        }
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw error("a JSON value");
            }
            at++;
        }
    }

    private void space() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void expect(int c, String wanted) {
        if (peek() != c) {
            throw error(wanted);
        }
        at++;
    }

    /** The byte at hand, or -1 at the end. */
    private int peek() {
        return at < end ? bytes[at] : -1;
    }

    private JsonSyntaxException error(String wanted) {
        return new JsonSyntaxException(at, at < end ? wanted : wanted + ", but the document ends");
    }

    /** The document is not JSON. */
    public static final class JsonSyntaxException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JsonSyntaxException(int offset, String wanted) {
            super("at byte " + offset + ": expected " + wanted, null, false, false);
        }
    }
}
