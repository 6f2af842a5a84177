package dev.aigateway.upstream;

import io.smallrye.mutiny.Multi;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * The beginning of a provider's answer.
 *
 * @param body the rest, read on demand; cancelling it ends the call at the provider. Must be subscribed to or cancelled.
 */
public record UpstreamAnswer(int status, MultiMap headers, Multi<Buffer> body) {
    public boolean isError() {
        return status < 200 || status > 299;
    }

    /** Whether the body is compressed or otherwise encoded. */
    public boolean isEncoded() {
        String encoding = headers.get("content-encoding");
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }

    /** The length that the provider announced; -1 when it did not. */
    public long announcedLength() {
        String length = headers.get("content-length");
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    /** Ends the call without reading the body. */
    public void discard() {
        body.subscribe().with(ignored -> {}, ignored -> {}).cancel();
    }

    /** Whether the body is a stream of events, asked for or not. */
    public boolean isEventStream() {
        String type = headers.get("content-type");
        return type != null && type.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length());
    }

    /** Whether the body is one JSON document although a stream was asked for. */
    public boolean isJson() {
        String type = headers.get("content-type");
        return type != null && type.regionMatches(true, 0, "application/json", 0, "application/json".length());
    }
}
