package dev.aigateway.api;

import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.gemini.GeminiArrayStream;
import io.vertx.core.buffer.Buffer;

/** The form in which a stream of events leaves the gateway. Confined to one stream. */
sealed interface StreamFraming {
    String contentType();

    /** The form of these events; may be empty. */
    Buffer frame(Buffer events);

    /** What closes the stream; empty where nothing has to. */
    Buffer end();

    /** Server-sent events, as the dialects write them. */
    record Events() implements StreamFraming {
        @Override
        public String contentType() {
            return "text/event-stream; charset=utf-8";
        }

        @Override
        public Buffer frame(Buffer events) {
            return events;
        }

        @Override
        public Buffer end() {
            return Buffer.buffer();
        }
    }

    /** The JSON array that Gemini clients get without {@code alt=sse}. */
    record JsonArray(GeminiArrayStream array, SseWriter out) implements StreamFraming {
        @Override
        public String contentType() {
            return "application/json; charset=utf-8";
        }

        @Override
        public Buffer frame(Buffer events) {
            array.write(events.getBytes(), out);
            return Buffer.buffer(out.drain());
        }

        @Override
        public Buffer end() {
            array.end(out);
            return Buffer.buffer(out.drain());
        }
    }
}
