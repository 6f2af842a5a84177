package dev.aigateway.translation.relay;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the body of an answer is, by how it begins: content types are wrong or missing too often (translation reference,
 * section 14.1).
 */
public enum BodyForm {
    /** Server-sent events, or whatever else a parser of them has to make sense of. */
    EVENTS,
    /** One JSON object: an error, or a whole answer where a stream was asked for. */
    DOCUMENT,
    /** A JSON array, Gemini's other form of a stream. */
    ARRAY,
    /** HTML, such as a login or an error page of a server in between. */
    PAGE;

    private static final List<String> EVENT_STARTS = List.of("data:", "event:", ":", "id:", "retry:");

    static BodyForm startingWith(byte first) {
        return switch (first) {
            case '{' -> DOCUMENT;
            case '[' -> ARRAY;
            case '<' -> PAGE;
            default -> EVENTS;
        };
    }

    /** Whether a byte may stand before anything: white space, or part of a byte order mark. */
    static boolean isBlank(byte b) {
        return b == ' '
                || b == '\t'
                || b == '\r'
                || b == '\n'
                || b == (byte) 0xEF
                || b == (byte) 0xBB
                || b == (byte) 0xBF;
    }

    /** Whether a whole body is beyond doubt a stream of events. */
    public static boolean saysEvents(byte[] body) {
        int start = 0;
        while (start < body.length && isBlank(body[start])) {
            start++;
        }
        String head = new String(body, start, Math.min(8, body.length - start), StandardCharsets.ISO_8859_1);
        return EVENT_STARTS.stream().anyMatch(head::startsWith);
    }
}
