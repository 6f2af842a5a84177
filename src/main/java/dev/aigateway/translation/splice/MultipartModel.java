package dev.aigateway.translation.splice;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the field {@code model} in the beginning of a multipart form (RFC 7578), whatever comes later. Pure functions. */
public final class MultipartModel {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70}))");
    private static final Pattern NAMED = Pattern.compile(
            "(?im)^content-disposition:\\s*form-data\\s*;(?:.*;)?\\s*name=(?:\"model\"|model)\\s*(?:;|$)");
    private static final byte[] END_OF_HEAD = bytes("\r\n\r\n");

    private MultipartModel() {}

    /**
     * The model that a form names.
     *
     * @param offset where its name begins
     * @param length its length in bytes
     */
    public record Site(String model, int offset, int length) {}

    /** What separates the parts; empty when the media type does not say. */
    public static Optional<String> boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        return matcher.find()
                ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                : Optional.empty();
    }

    /** Empty when the field is not there, or not to its end. */
    public static Optional<Site> find(byte[] beginning, String boundary) {
        byte[] delimiter = bytes("\r\n--" + boundary);
        // The first delimiter has no line end before it.
        int first = indexOf(beginning, bytes("--" + boundary), 0);
        int headBegin = first + delimiter.length - 2;
        while (first >= 0) {
            int headEnd = indexOf(beginning, END_OF_HEAD, headBegin);
            int value = headEnd + END_OF_HEAD.length;
            int next = headEnd < 0 ? -1 : indexOf(beginning, delimiter, value);
            if (next < 0) {
                return Optional.empty();
            }
            String head = new String(beginning, headBegin, headEnd - headBegin, StandardCharsets.ISO_8859_1);
            if (NAMED.matcher(head).find()) {
                String model = new String(beginning, value, next - value, StandardCharsets.UTF_8);
                return Optional.of(new Site(model, value, next - value));
            }
            headBegin = next + delimiter.length;
        }
        return Optional.empty();
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int at = from; at <= bytes.length - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && bytes[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
