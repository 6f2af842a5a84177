package dev.aigateway.translation.gemini;

import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;

/**
 * The form that a stream has for clients that did not ask for {@code alt=sse}: one JSON array of the same chunks
 * (translation reference, sections 6.3 and 14.9). Takes server-sent events, whichever lane, keepalive timer or failure
 * wrote them, and gives array elements; signs of life become white space. What it wrote is valid JSON after {@link #end},
 * also when the last element is an error. Confined to one stream.
 */
public final class GeminiArrayStream {
    private final SseParser parser;
    private boolean begun;

    /** @param maxEventBytes the greatest size of one event */
    public GeminiArrayStream(int maxEventBytes) {
        this.parser = new SseParser(maxEventBytes);
    }

    /** Takes the next bytes of the stream of events. */
    public void write(byte[] events, SseWriter out) {
        parser.feed(events, event -> element(event, out));
    }

    /** Closes the array; nothing may follow. */
    public void end(SseWriter out) {
        parser.end(event -> element(event, out));
        out.ascii(begun ? "]" : "[]");
    }

    private void element(SseEvent event, SseWriter out) {
        if (event.isComment()) {
            out.ascii("\r\n");
            return;
        }
        out.ascii(begun ? ",\r\n" : "[");
        begun = true;
        ByteSlice data = event.data();
        out.raw(data);
    }
}
