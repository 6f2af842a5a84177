package dev.aigateway.translation.relay;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.BlockedAnswer;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.StreamWatch;
import dev.aigateway.translation.splice.JsonScanner;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The express lane: client and upstream speak the same dialect, so whole events are forwarded byte for byte while a
 * {@link StreamWatch} tells what they mean. Only the model name is replaced, and only where the client knows the model
 * by another name.
 */
public final class ExpressRelay implements Relay {
    private final ClientDialect dialect;
    private final StreamWatch watch;
    private final SseParser parser;
    private final int maxEventBytes;
    private final String requestId;
    private final Optional<ModelRewrite> rewrite;
    private final boolean replaceable;
    /** Events that came before the commit point. */
    private final SseWriter held = new SseWriter();

    private Phase phase = Phase.PREAMBLE;
    private boolean committed;
    private @Nullable GatewayError failure;

    /**
     * @param rewrite how to give events the model name that the client knows; empty when it is the upstream's
     * @param replaceable whether another model takes over if this one only says that the content is blocked
     */
    public ExpressRelay(
            ClientDialect dialect,
            StreamWatch watch,
            int maxEventBytes,
            String requestId,
            Optional<ModelRewrite> rewrite,
            boolean replaceable) {
        this.dialect = dialect;
        this.watch = watch;
        this.parser = new SseParser(maxEventBytes);
        this.maxEventBytes = maxEventBytes;
        this.requestId = requestId;
        this.rewrite = rewrite;
        this.replaceable = replaceable;
    }

    @Override
    public void feed(byte[] chunk, SseWriter out) {
        try {
            parser.feed(chunk, event -> forward(event, out));
        } catch (SseParser.EventTooLargeException e) {
            fail(Cut.oversized(maxEventBytes), out);
        }
    }

    @Override
    public void end(SseWriter out) {
        parser.end(event -> {
            if (isComplete(event)) {
                forward(event, out);
                // The blank line that the upstream did not get to.
                out.ascii("\n\n");
            }
        });
        if (phase == Phase.ENDED || phase == Phase.FAILED) {
            return;
        }
        if (!watch.mayEnd()) {
            fail(Cut.error(), out);
        } else if (replaceable && watch.isBlocked()) {
            fail(BlockedAnswer.error(), out);
        } else {
            commit(out);
            phase = Phase.ENDED;
            dialect.writeEnd(out);
        }
    }

    @Override
    public void fail(GatewayError error, SseWriter out) {
        if (phase == Phase.ENDED || phase == Phase.FAILED) {
            return;
        }
        phase = Phase.FAILED;
        failure = error;
        if (committed) {
            dialect.writeFailure(error, requestId, out);
        }
    }

    @Override
    public void keepalive(SseWriter out) {
        dialect.writeKeepalive(out);
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public boolean committed() {
        return committed;
    }

    @Override
    public Optional<GatewayError> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Usage usage() {
        return watch.usage();
    }

    private void forward(SseEvent event, SseWriter out) {
        if (phase == Phase.ENDED || phase == Phase.FAILED) {
            return;
        }
        switch (watch.watch(event)) {
            case PREAMBLE -> {
                write(event, committed ? out : held);
                if (held.length() > maxEventBytes) {
                    fail(Cut.oversized(maxEventBytes), out);
                }
            }
            case CONTENT -> {
                commit(out);
                write(event, out);
            }
            case END -> finish(event, out);
            case FAILURE -> fail(watch.failure().orElseGet(Cut::error), out);
        }
    }

    private void finish(SseEvent event, SseWriter out) {
        if (replaceable && watch.isBlocked()) {
            fail(BlockedAnswer.error(), out);
            return;
        }
        commit(out);
        write(event, out);
        phase = Phase.ENDED;
    }

    /** A server may leave out the last blank line, but an event that was cut looks the same. */
    private static boolean isComplete(SseEvent event) {
        if (event.data().is("[DONE]")) {
            return true;
        }
        try {
            JsonScanner.scanObject(event.data(), (key, value) -> {});
            return true;
        } catch (JsonScanner.JsonSyntaxException e) {
            return false;
        }
    }

    private void commit(SseWriter out) {
        if (!committed) {
            committed = true;
            phase = Phase.COMMITTED;
            out.raw(ByteSlice.of(held.drain()));
        }
    }

    private void write(SseEvent event, SseWriter out) {
        if (rewrite.isEmpty() || !rewrite.get().write(event, out)) {
            out.raw(event.raw());
        }
    }
}
