package dev.aigateway.dispatch.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Splice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

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

    /** The ids of all items that have one. */
    static List<String> ids(ByteSlice items) {
        List<String> ids = new ArrayList<>();
        each(items, item -> Splice.find(item, "id").flatMap(ItemArray::text).ifPresent(ids::add));
        return List.copyOf(ids);
    }

    static Optional<ByteSlice> find(ByteSlice items, String id) {
        List<ByteSlice> found = new ArrayList<>();
        each(items, item -> {
            if (Splice.find(item, "id").flatMap(ItemArray::text).equals(Optional.of(id))) {
                found.add(item);
            }
        });
        return found.stream().findFirst();
    }

    /** The items with some of them replaced; the same array when none is. */
    static byte[] replace(byte[] items, Function<ByteSlice, Optional<ByteSlice>> replacement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(items.length);
        int[] copied = {0};
        each(
                ByteSlice.of(items),
                item -> replacement.apply(item).ifPresent(other -> {
                    out.write(items, copied[0], item.offset() - copied[0]);
                    out.write(other.array(), other.offset(), other.length());
                    copied[0] = item.offset() + item.length();
                }));
        if (copied[0] == 0) {
            return items;
        }
        out.write(items, copied[0], items.length - copied[0]);
        return out.toByteArray();
    }

    /** A JSON string as text; empty for any other value. */
    static Optional<String> text(ByteSlice value) {
        return Json.parse(value.array(), value.offset(), value.length())
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    /** What is no array has no items. */
    private static void each(ByteSlice items, Consumer<ByteSlice> action) {
        try {
            JsonScanner.scanArray(items, action);
        } catch (JsonScanner.JsonSyntaxException e) {
            // Whoever reads the request says what is wrong with it.
        }
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
