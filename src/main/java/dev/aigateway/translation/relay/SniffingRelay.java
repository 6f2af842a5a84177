package dev.aigateway.translation.relay;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at how the answer to a stream call begins, whatever its content type says, before another relay carries it: events
 * go through as they come, the elements of an array as events, a single document is replayed as a stream once it is whole,
 * and a page of HTML fails at once (translation reference, section 14.1). Confined to one stream.
 */
public final class SniffingRelay implements Relay {
    private final Relay relay;
    private final Replay replay;
    private final long maxDocumentBytes;
    private final ArrayElements elements = new ArrayElements();
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();
    private @Nullable BodyForm form;
    private Optional<Usage> replayed = Optional.empty();

    /** Writes a whole answer as the stream that the client asked for. */
    @FunctionalInterface
    public interface Replay {
        /**
         * @return what the answer counts
         * @throws GatewayException when the document is an error, or no answer at all
         */
        Usage write(byte[] document, SseWriter out);
    }

    /** @param maxDocumentBytes the greatest size of a single document */
    public SniffingRelay(Relay relay, Replay replay, long maxDocumentBytes) {
        this.relay = relay;
        this.replay = replay;
        this.maxDocumentBytes = maxDocumentBytes;
    }

    @Override
    public void feed(byte[] chunk, SseWriter out) {
        int start = 0;
        if (form == null) {
            while (start < chunk.length && BodyForm.isBlank(chunk[start])) {
                start++;
            }
            if (start == chunk.length) {
                return;
            }
            form = BodyForm.startingWith(chunk[start]);
        }
        carry(form, start == 0 ? chunk : Arrays.copyOfRange(chunk, start, chunk.length), out);
    }

    @Override
    public int pending() {
        return isDocument() ? document.size() : 0;
    }

    private boolean isDocument() {
        return form == BodyForm.DOCUMENT && phase() == Phase.PREAMBLE;
    }

    @Override
    public void end(SseWriter out) {
        if (isDocument()) {
            try {
                replayed = Optional.of(replay.write(document.toByteArray(), out));
            } catch (GatewayException e) {
                relay.fail(e.error(), out);
            }
        } else {
            relay.end(out);
        }
    }

    @Override
    public void fail(GatewayError error, SseWriter out) {
        if (replayed.isEmpty()) {
            relay.fail(error, out);
        }
    }

    @Override
    public void keepalive(SseWriter out) {
        relay.keepalive(out);
    }

    @Override
    public Phase phase() {
        return replayed.isPresent() ? Phase.ENDED : relay.phase();
    }

    @Override
    public boolean endedEarly() {
        return relay.endedEarly();
    }

    @Override
    public boolean committed() {
        return replayed.isPresent() || relay.committed();
    }

    @Override
    public Optional<GatewayError> failure() {
        return relay.failure();
    }

    @Override
    public Usage usage() {
        return replayed.orElseGet(relay::usage);
    }

    private void carry(BodyForm as, byte[] bytes, SseWriter out) {
        switch (as) {
            case EVENTS -> relay.feed(bytes, out);
            case ARRAY -> relay.feed(elements.feed(bytes), out);
            case DOCUMENT -> {
                document.writeBytes(bytes);
                if (document.size() > maxDocumentBytes) {
                    relay.fail(Cut.oversizedDocument(maxDocumentBytes), out);
                }
            }
            case PAGE ->
                relay.fail(
                        GatewayError.of(
                                GatewayError.Kind.BAD_GATEWAY,
                                "The provider answered with a web page instead of a stream."),
                        out);
        }
    }
}
