package dev.aigateway.translation;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.sse.SseEvent;
import java.util.function.Consumer;

/**
 * Turns the events of one upstream stream into canonical ones, keeping the grammar of {@link AnswerEvent} whatever the
 * upstream does: exactly one {@code Completed} or {@code Failed}, nothing after it. Confined to one thread at a time.
 */
public interface EventDecoder {
    /** Decodes one event. Malformed data becomes {@code Failed}; it never throws. */
    void decode(SseEvent event, Consumer<AnswerEvent> out);

    /** The upstream closed the stream: completes it where the dialect allows that, else fails it as cut. */
    void end(Consumer<AnswerEvent> out);

    /** Whether the answer was completed before the upstream had come to its end: what it still sends is of no use. */
    default boolean endedEarly() {
        return false;
    }
}
