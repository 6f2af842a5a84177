package dev.aigateway.translation;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseEvent;
import java.util.Optional;

/**
 * Observes one stream on the express lane, where events are forwarded untouched: tells what each event means for
 * dispatch and collects the usage, without building a JSON tree. Confined to one thread at a time.
 */
public interface StreamWatch {
    /** What an event means for dispatch. */
    enum Meaning {
        /** Nothing the client could act on yet; the answer may still come from another provider. */
        PREAMBLE,
        /** Part of the answer; from here on there is no way back. */
        CONTENT,
        /** The upstream reports an error, see {@link #failure()}. */
        FAILURE,
        /** The legal end of the stream. */
        END
    }

    Meaning watch(SseEvent event);

    /** Whether the stream may end here without looking cut. */
    boolean mayEnd();

    /** Whether all that has come says nothing but that the content was blocked. */
    boolean isBlocked();

    Usage usage();

    /** The error that made {@link #watch} answer {@code FAILURE}. */
    Optional<GatewayError> failure();
}
