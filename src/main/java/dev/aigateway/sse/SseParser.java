package dev.aigateway.sse;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Incremental parser of a server-sent event stream (WHATWG HTML, section 9.2; translation reference, section 14.1).
 *
 * <p>Bytes may arrive in any chunking: a chunk may end inside a UTF-8 character or between CR and LF. Lines end with LF,
 * CRLF or CR; a byte order mark is skipped; comments are reported as events without data, for they are a sign of life.
 * An event is delivered when its blank line has been seen. At most {@code limit} bytes are held for an unfinished event.
 *
 * <p>Confined to one thread at a time. Events are views into the parser's buffer, valid only inside the callback.
 */
public final class SseParser {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int limit;
    private byte[] buffer = new byte[4096];
    /** End of the bytes held. */
    private int end;
    /** First byte of the event being collected. */
    private int eventStart;
    /** First byte of the line being collected. */
    private int lineStart;
    /** First byte not looked at yet. */
    private int scan;

    private boolean started;
    private boolean afterCarriageReturn;

    private String name = "";
    private int dataStart;
    private int dataEnd;
    private int dataLines;
    private byte[] joined = new byte[0];
    private int joinedLength;

    /** @param limit the greatest size of one event, in bytes */
    public SseParser(int limit) {
        this.limit = limit;
    }

    /**
     * Takes the next bytes of the stream and delivers the events that they complete.
     *
     * @throws EventTooLargeException when an event grows over the limit
     */
    public void feed(byte[] chunk, int offset, int length, Consumer<SseEvent> out) {
        append(chunk, offset, length);
        if (!started && !skipByteOrderMark()) {
            return;
        }
        while (scan < end) {
            byte b = buffer[scan++];
            if (afterCarriageReturn) {
                afterCarriageReturn = false;
                if (b == '\n') {
                    // The LF of a CRLF: it belongs to the line that CR has ended already.
                    lineStart = scan;
                    if (eventStart == scan - 1) {
                        eventStart = scan;
                    }
                    continue;
                }
            }
            if (b == '\n' || b == '\r') {
                afterCarriageReturn = b == '\r';
                line(scan - 1, out);
                lineStart = scan;
            }
        }
        compact();
    }

    public void feed(byte[] chunk, Consumer<SseEvent> out) {
        feed(chunk, 0, chunk.length, out);
    }

    /**
     * Ends the stream: delivers an event whose blank line is missing, since some servers omit the last one. The caller
     * decides by its data whether it is whole.
     */
    public void end(Consumer<SseEvent> out) {
        if (lineStart < end) {
            field(lineStart, end);
        }
        dispatch(end, out);
        end = 0;
        eventStart = 0;
        lineStart = 0;
        scan = 0;
    }

    private void line(int lineEnd, Consumer<SseEvent> out) {
        if (lineEnd > lineStart) {
            field(lineStart, lineEnd);
            return;
        }
        int rawEnd = scan;
        if (afterCarriageReturn && scan < end && buffer[scan] == '\n') {
            // Keep the CRLF of the blank line whole in the forwarded bytes.
            afterCarriageReturn = false;
            rawEnd = ++scan;
        }
        dispatch(rawEnd, out);
        eventStart = rawEnd;
    }

    private void dispatch(int rawEnd, Consumer<SseEvent> out) {
        if (rawEnd > eventStart && !blank(eventStart, rawEnd)) {
            out.accept(new SseEvent(name, data(), new ByteSlice(buffer, eventStart, rawEnd - eventStart)));
        }
        name = "";
        dataLines = 0;
    }

    private ByteSlice data() {
        return switch (dataLines) {
            case 0 -> new ByteSlice(buffer, eventStart, 0);
            case 1 -> new ByteSlice(buffer, dataStart, dataEnd - dataStart);
            default -> new ByteSlice(joined, 0, joinedLength);
        };
    }

    private void field(int from, int to) {
        if (startsWith(from, to, "data")) {
            addData(valueStart(from + 4, to), to);
        } else if (startsWith(from, to, "event")) {
            int value = valueStart(from + 5, to);
            name = new ByteSlice(buffer, value, to - value).text();
        }
    }

    /** One line, the usual case, stays a view; more are joined in an array of their own. */
    private void addData(int from, int to) {
        if (dataLines == 0) {
            dataStart = from;
            dataEnd = to;
        } else {
            if (dataLines == 1) {
                joinedLength = 0;
                join(dataStart, dataEnd);
            }
            if (joined.length == joinedLength) {
                joined = Arrays.copyOf(joined, joinedLength + 256);
            }
            joined[joinedLength++] = '\n';
            join(from, to);
        }
        dataLines++;
    }

    private void join(int from, int to) {
        int length = to - from;
        if (joined.length - joinedLength < length) {
            joined = Arrays.copyOf(joined, Math.max(joined.length * 2, joinedLength + length));
        }
        System.arraycopy(buffer, from, joined, joinedLength, length);
        joinedLength += length;
    }

    private boolean startsWith(int from, int to, String field) {
        int length = field.length();
        if (to - from < length || (to - from > length && buffer[from + length] != ':')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer[from + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Skips the colon and one optional space. */
    private int valueStart(int colon, int to) {
        int start = Math.min(colon + 1, to);
        return start < to && buffer[start] == ' ' ? start + 1 : start;
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] != '\n' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void append(byte[] chunk, int offset, int length) {
        if (buffer.length - end < length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + length));
        }
        System.arraycopy(chunk, offset, buffer, end, length);
        end += length;
    }

    /** Whether enough has come to tell; a stream may begin with part of the mark. */
    private boolean skipByteOrderMark() {
        int known = Math.min(end, BYTE_ORDER_MARK.length);
        boolean alike = Arrays.equals(buffer, 0, known, BYTE_ORDER_MARK, 0, known);
        if (alike && known < BYTE_ORDER_MARK.length) {
            return false;
        }
        started = true;
        if (alike) {
            eventStart = known;
            lineStart = known;
            scan = known;
        }
        return true;
    }

    /** Moves the unfinished event to the front of the buffer. */
    private void compact() {
        int moved = eventStart;
        if (moved > 0) {
            System.arraycopy(buffer, moved, buffer, 0, end - moved);
            end -= moved;
            scan -= moved;
            lineStart -= moved;
            dataStart -= moved;
            dataEnd -= moved;
            eventStart = 0;
        }
        if (end > limit) {
            throw new EventTooLargeException(limit);
        }
    }

    /** One event is larger than this gateway is ready to hold. */
    public static final class EventTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EventTooLargeException(int limit) {
            super("an event of the stream is larger than " + limit + " bytes", null, false, false);
        }
    }
}
