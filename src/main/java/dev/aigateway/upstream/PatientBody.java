package dev.aigateway.upstream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A provider's body that fails with a {@link TimeoutException} when the provider is silent for too long. Only time in which
 * somebody waits for data counts: a slow client is not the provider's fault. (Vert.x' own idle timeout may outlive its
 * request and end the next one on the same connection.)
 *
 * <p>One subscriber, on the event loop of the call.
 */
final class PatientBody extends AbstractMulti<Buffer> {
    private final Multi<Buffer> body;
    private final Vertx vertx;
    private final Duration patience;

    PatientBody(Multi<Buffer> body, Vertx vertx, Duration patience) {
        this.body = body;
        this.vertx = vertx;
        this.patience = patience;
    }

    @Override
    public void subscribe(MultiSubscriber<? super Buffer> subscriber) {
        body.subscribe().withSubscriber(new Watched(subscriber));
    }

    private final class Watched implements MultiSubscriber<Buffer>, Flow.Subscription {
        private final MultiSubscriber<? super Buffer> downstream;
        private Flow.@Nullable Subscription upstream;
        private long demand;
        private long activeAt;
        private long timer = -1;
        private boolean over;

        Watched(MultiSubscriber<? super Buffer> downstream) {
            this.downstream = downstream;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            upstream = subscription;
            downstream.onSubscribe(this);
        }

        @Override
        public void onItem(Buffer chunk) {
            activeAt = System.nanoTime();
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            downstream.onItem(chunk);
        }

        @Override
        public void onFailure(Throwable failure) {
            if (finish()) {
                downstream.onFailure(failure);
            }
        }

        @Override
        public void onCompletion() {
            if (finish()) {
                downstream.onCompletion();
            }
        }

        @Override
        public void request(long count) {
            if (demand == 0) {
                activeAt = System.nanoTime();
            }
            demand = Math.min(Long.MAX_VALUE - count, demand) + count;
            if (timer < 0 && !over) {
                watch(patience.toMillis());
            }
            if (upstream != null) {
                upstream.request(count);
            }
        }

        @Override
        public void cancel() {
            finish();
            if (upstream != null) {
                upstream.cancel();
            }
        }

        /** One timer that looks again later is cheaper than a new one for each chunk. */
        private void watch(long millis) {
            timer = vertx.setTimer(Math.max(1, millis), ignored -> {
                timer = -1;
                long left = patience.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - activeAt);
                if (demand == 0) {
                    return;
                }
                if (left > 0) {
                    watch(left);
                    return;
                }
                finish();
                if (upstream != null) {
                    upstream.cancel();
                }
                downstream.onFailure(new TimeoutException("silent for " + patience));
            });
        }

        /** False when the end was signalled before. */
        private boolean finish() {
            boolean first = !over;
            over = true;
            if (timer >= 0) {
                vertx.cancelTimer(timer);
                timer = -1;
            }
            return first;
        }
    }
}
