package dev.aigateway.upstream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.OptionalLong;

/** The body of a request to a provider. */
public sealed interface RequestBody {
    /** One that is at hand, so that the request can be made again. */
    record Whole(Buffer bytes) implements RequestBody {}

    /**
     * One that is still coming from the client and is never held as a whole.
     *
     * @param beginning what has come so far
     * @param rest paused; everything after that
     * @param length of both together, if it is known
     */
    record Streamed(Buffer beginning, ReadStream<Buffer> rest, OptionalLong length) implements RequestBody {}
}
