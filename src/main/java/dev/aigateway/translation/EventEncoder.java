package dev.aigateway.translation;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.sse.SseWriter;

/**
 * The grammar of one client stream: turns canonical events into legal wire events, with exactly one legal ending.
 * Confined to one thread at a time.
 */
public interface EventEncoder {
    void encode(AnswerEvent event, SseWriter out);

    /** A sign of life, legal at this point of the stream. */
    void keepalive(SseWriter out);
}
