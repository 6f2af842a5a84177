package dev.aigateway.translation.relay;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseWriter;
import java.util.Optional;

/**
 * One stream on its way from an upstream to a client. Until the first meaningful event nothing is written, so that
 * another provider may still take over; afterwards exactly one legal ending is written, whatever the upstream does.
 *
 * <p>Confined to one thread at a time.
 */
public interface Relay {
    enum Phase {
        /** Nothing the client could act on has come. */
        PREAMBLE,
        /** The answer has begun. */
        COMMITTED,
        /** The legal end was written; whatever still comes is ignored. */
        ENDED,
        /** The upstream failed; see {@link #failure()} for whether the client has been told. */
        FAILED
    }

    /** Takes the next bytes of the upstream and writes what they mean to the client. */
    void feed(byte[] chunk, SseWriter out);

    /** The upstream closed the stream: writes the ending, or fails the stream as cut. */
    void end(SseWriter out);

    /** How many bytes {@link #end} has yet to work through; nothing else may be asked of the relay meanwhile. */
    default int pending() {
        return 0;
    }

    /**
     * The stream broke for a reason outside of it. Once committed the client is told in its own dialect; before that
     * nothing is written.
     */
    void fail(GatewayError error, SseWriter out);

    /** Writes a sign of life that is legal at this point of the stream; only once committed. */
    void keepalive(SseWriter out);

    Phase phase();

    /** Whether the stream was ended although the upstream goes on: the rest of its answer is of no use. */
    default boolean endedEarly() {
        return false;
    }

    /** Whether anything of the answer has been written. */
    boolean committed();

    /** Why the stream failed. */
    Optional<GatewayError> failure();

    /** What the upstream has counted so far. */
    Usage usage();
}
