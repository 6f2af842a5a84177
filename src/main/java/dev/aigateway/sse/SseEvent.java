package dev.aigateway.sse;

/**
 * One event of a stream.
 *
 * @param name the value of its {@code event:} line, empty when it has none
 * @param data its {@code data:} lines joined with newlines; empty for a comment
 * @param raw every byte of the event as received, its blank line included, so that it can be forwarded untouched
 */
public record SseEvent(String name, ByteSlice data, ByteSlice raw) {
    /** Whether this is only comments (or an event without data), which servers send as a sign of life. */
    public boolean isComment() {
        return data.isEmpty();
    }
}
