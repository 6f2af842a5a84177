package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.relay.Relay;
import dev.aigateway.translation.relay.Relay.Phase;
import dev.aigateway.upstream.TransportException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Flow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The upstream's bytes on their way through a {@link Relay}, at the pace of the client. The first item is the commit
 * point: before it a failure is an {@link UpstreamFailure}, after it the stream always completes, with the relay's own
 * ending as its last item.
 *
 * <p>One subscriber; all signals arrive on the exchange's event loop.
 */
final class RelayStream extends AbstractMulti<Buffer> {
    private static final Logger LOG = Logger.getLogger(RelayStream.class);
    private static final long DRAIN_MILLIS = 1000;

    private final Multi<Buffer> body;
    private final Relay relay;
    private final Vertx vertx;
    private final Offload offload;
    private final Listener listener;

    /** Hears of the two moments that others care about. */
    interface Listener {
        /** The answer has begun. */
        void committed();

        /** The stream is over, or the client left; called once, and only after {@link #committed()} or instead of it. */
        void settled();

        /** The gateway itself broke the stream; told before it is settled. */
        default void brokenByUs() {}

        /** The last bytes of a stream that failed, as they may be shown. */
        default Buffer failed(Buffer ending) {
            return ending;
        }
    }

    RelayStream(Multi<Buffer> body, Relay relay, Vertx vertx, Offload offload, Listener listener) {
        this.body = body;
        this.relay = relay;
        this.vertx = vertx;
        this.offload = offload;
        this.listener = listener;
    }

    @Override
    public void subscribe(MultiSubscriber<? super Buffer> subscriber) {
        body.subscribe().withSubscriber(new Pipe(subscriber, relay, vertx, offload, listener));
    }

    private static final class Pipe implements MultiSubscriber<Buffer>, Flow.Subscription {
        private final MultiSubscriber<? super Buffer> downstream;
        private final Relay relay;
        private final Vertx vertx;
        private final Offload offload;
        private final Listener listener;
        private final SseWriter out = new SseWriter();
        private Flow.@Nullable Subscription upstream;
        private long demand;
        private long drainTimer = -1;
        private boolean begun;
        private boolean finished;
        /** The ending, when it came before the client was ready for it. */
        private @Nullable Buffer ending;

        private @Nullable RuntimeException defect;

        Pipe(MultiSubscriber<? super Buffer> downstream, Relay relay, Vertx vertx, Offload offload, Listener listener) {
            this.downstream = downstream;
            this.relay = relay;
            this.vertx = vertx;
            this.offload = offload;
            this.listener = listener;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            upstream = subscription;
            downstream.onSubscribe(this);
        }

        @Override
        public void onItem(Buffer chunk) {
            if (finished) {
                return;
            }
            safely(() -> relay.feed(chunk.getBytes(), out));
            switch (relay.phase()) {
                case PREAMBLE -> requestUpstream(1);
                case COMMITTED -> pass();
                case ENDED -> {
                    if (relay.endedEarly()) {
                        // As after a failure: cancelling may signal back at once.
                        finished = true;
                        cancelUpstream();
                        finish();
                    } else {
                        finish();
                        drain();
                    }
                }
                case FAILED -> {
                    // Cancelling may signal back at once, so what has ended must be known to have ended before.
                    finished = true;
                    cancelUpstream();
                    finish();
                }
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            vertx.cancelTimer(drainTimer);
            if (!finished) {
                relay.fail(error(failure), out);
                finish();
            }
        }

        @Override
        public void onCompletion() {
            vertx.cancelTimer(drainTimer);
            if (!finished) {
                offload.run(relay.pending(), this::ended).subscribe().with(phase -> finishUnlessLeft());
            }
        }

        private Phase ended() {
            safely(() -> relay.end(out));
            return relay.phase();
        }

        private void finishUnlessLeft() {
            if (!finished) {
                finish();
            }
        }

        @Override
        public void request(long count) {
            demand = Math.min(Long.MAX_VALUE - count, demand) + count;
            if (ending != null) {
                deliverEnding();
            } else if (!finished) {
                requestUpstream(count);
            }
        }

        @Override
        public void cancel() {
            boolean early = !finished;
            finished = true;
            cancelUpstream();
            if (early) {
                listener.settled();
            }
        }

        /** A defect of ours must end the stream like any other failure, not leave it hanging. */
        private void safely(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("A stream failed inside the gateway", e);
                defect = e;
                relay.fail(
                        GatewayError.of(GatewayError.Kind.INTERNAL, "The gateway failed to translate the stream."),
                        out);
            }
        }

        /** Reading on to the end of the response lets its connection be used again, if that end comes soon. */
        private void drain() {
            drainTimer = vertx.setTimer(DRAIN_MILLIS, ignored -> cancelUpstream());
            requestUpstream(Long.MAX_VALUE);
        }

        private void pass() {
            if (out.isEmpty()) {
                requestUpstream(1);
                return;
            }
            begin();
            demand--;
            downstream.onItem(ByteCollector.wrap(out.drain()));
        }

        private void finish() {
            finished = true;
            if (relay.phase() == Phase.FAILED && !relay.committed()) {
                downstream.onFailure(
                        defect != null
                                ? defect
                                : new UpstreamFailure(relay.failure().orElseThrow()));
                return;
            }
            begin();
            if (defect != null) {
                listener.brokenByUs();
            }
            Buffer last = ByteCollector.wrap(out.drain());
            ending = relay.failure().isPresent() ? listener.failed(last) : last;
            listener.settled();
            if (ending.length() == 0 || demand > 0) {
                deliverEnding();
            }
        }

        private void deliverEnding() {
            Buffer last = ending;
            ending = null;
            if (last != null && last.length() > 0) {
                downstream.onItem(last);
            }
            downstream.onCompletion();
        }

        private void begin() {
            if (!begun) {
                begun = true;
                listener.committed();
            }
        }

        private void requestUpstream(long count) {
            if (upstream != null) {
                upstream.request(count);
            }
        }

        private void cancelUpstream() {
            if (upstream != null) {
                upstream.cancel();
            }
        }

        private static GatewayError error(Throwable failure) {
            return failure instanceof TransportException transport
                    ? transport.error()
                    : GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The provider's answer broke off.");
        }
    }
}
