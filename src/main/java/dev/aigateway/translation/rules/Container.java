package dev.aigateway.translation.rules;

import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.splice.JsonScanner;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object or an array whose parts can be replaced, removed and added; all other bytes, spaces included, are those of the
 * source. Confined to one edit.
 */
final class Container {
    private final ByteSlice source;
    /** The place after the opening bracket. */
    private final int open;

    private final List<Part> parts = new ArrayList<>();
    /** By index; empty for a part that is removed. */
    private final Map<Integer, Optional<ByteSlice>> changes = new HashMap<>();

    private final List<byte[]> added = new ArrayList<>();

    /**
     * @param start where it begins: the name of a member, or the value of an element
     * @param name empty for an element
     */
    private record Part(int start, String name, ByteSlice value) {
        int end() {
            return value.offset() + value.length();
        }
    }

    private Container(ByteSlice source) {
        this.source = source;
        int bracket = source.offset();
        while (source.array()[bracket] != '{' && source.array()[bracket] != '[') {
            bracket++;
        }
        this.open = bracket + 1;
    }

    static Container ofObject(ByteSlice object) {
        Container container = new Container(object);
        JsonScanner.scanObject(object, container::member);
        return container;
    }

    static Container ofArray(ByteSlice array) {
        Container container = new Container(array);
        JsonScanner.scanArray(array, value -> container.parts.add(new Part(value.offset(), "", value)));
        return container;
    }

    private void member(ByteSlice key, ByteSlice value) {
        int start = parts.isEmpty() ? open : parts.getLast().end();
        while (source.array()[start] != '"') {
            start++;
        }
        parts.add(new Part(start, key.text(), value));
    }

    int size() {
        return parts.size();
    }

    ByteSlice element(int index) {
        return parts.get(index).value();
    }

    /** The last one of a name, as most readers take it. */
    Optional<ByteSlice> member(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .reduce((first, second) -> second)
                .map(Part::value);
    }

    /** Of several members of a name only the last one is left, so that no reader can take another. */
    void change(String name, Optional<ByteSlice> value) {
        boolean last = true;
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i).name().equals(name)) {
                change(i, last ? value : Optional.empty());
                last = false;
            }
        }
    }

    /** @param value empty to remove the part */
    void change(int index, Optional<ByteSlice> value) {
        changes.put(index, value);
    }

    /** @param part an element, or a member with its name */
    void add(byte[] part) {
        added.add(part);
    }

    /** The source itself when nothing was changed. */
    ByteSlice bytes() {
        if (changes.isEmpty() && added.isEmpty()) {
            return source;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(source.length() + 256);
        write(source.offset(), open, out);
        boolean first = true;
        for (int i = 0; i < parts.size(); i++) {
            Optional<ByteSlice> value =
                    changes.getOrDefault(i, Optional.of(parts.get(i).value()));
            if (value.isPresent()) {
                // The first part keeps the space of the first place, where no comma is.
                int space = first ? 0 : i;
                write(
                        space == 0 ? open : parts.get(i - 1).end(),
                        parts.get(space).start(),
                        out);
                write(parts.get(i).start(), parts.get(i).value().offset(), out);
                write(value.get(), out);
                first = false;
            }
        }
        for (byte[] part : added) {
            if (!first) {
                out.write(',');
            }
            out.writeBytes(part);
            first = false;
        }
        write(parts.isEmpty() ? open : parts.getLast().end(), source.offset() + source.length(), out);
        return ByteSlice.of(out.toByteArray());
    }

    private void write(int from, int to, ByteArrayOutputStream out) {
        out.write(source.array(), from, to - from);
    }

    private static void write(ByteSlice slice, ByteArrayOutputStream out) {
        out.write(slice.array(), slice.offset(), slice.length());
    }
}
