package dev.aigateway.api;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.Outcome;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.ClientDialect;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream to the client: the head with the first item, each further item at the client's pace, a sign of life
 * when nothing was written for the keepalive interval. A failure before the head is a normal error response; after it,
 * an error event.
 *
 * <p>Confined to the event loop of the client's connection.
 */
final class StreamingResponse implements Flow.Subscriber<Buffer> {
    private static final int AHEAD = 16;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Exchange exchange;
    private final ClientDialect dialect;
    private final StreamFraming framing;
    private final UniEmitter<? super Void> done;
    private final ExchangeReport report;
    private final Duration keepalive;
    private long keepaliveTimer = -1;
    private long lastWrite = System.nanoTime();

    private Flow.@Nullable Subscription subscription;
    private int requested;
    private boolean finished;

    /** @param done completed when the response has ended, failed when it has not even begun */
    StreamingResponse(
            Vertx vertx,
            HttpServerResponse response,
            Exchange exchange,
            ClientDialect dialect,
            StreamFraming framing,
            Duration keepalive,
            UniEmitter<? super Void> done,
            ExchangeReport report) {
        this.vertx = vertx;
        this.response = response;
        this.exchange = exchange;
        this.dialect = dialect;
        this.framing = framing;
        this.done = done;
        this.report = report;
        this.keepalive = keepalive;
        if (!keepalive.isZero()) {
            watch(keepalive.toMillis());
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        requestMore();
    }

    @Override
    public void onNext(Buffer item) {
        requested--;
        write(item);
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> requestMore());
        } else {
            requestMore();
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (finished) {
            return;
        }
        if (!response.headWritten()) {
            finish();
            done.fail(failure);
            return;
        }
        // Only signs of life went out so far: the status is spent, so the error becomes the stream's one event.
        GatewayError error = ErrorResponse.error(failure, exchange.request().id());
        SseWriter out = new SseWriter();
        dialect.writeFailure(error, exchange.request().id(), out);
        write(Buffer.buffer(out.drain()));
        end(Outcome.FAILED);
    }

    @Override
    public void onComplete() {
        if (!finished) {
            end(exchange.failure().isPresent() ? Outcome.TRUNCATED : Outcome.OK);
        }
    }

    /** The client left, or the response is over. */
    void cancel() {
        if (!finished) {
            finish();
            if (subscription != null) {
                subscription.cancel();
            }
            report.finished(exchange, Outcome.CANCELLED, 499);
        }
    }

    private void end(Outcome outcome) {
        finish();
        response.end(framing.end());
        report.finished(exchange, outcome, response.getStatusCode());
        done.complete(null);
    }

    private void finish() {
        finished = true;
        if (keepaliveTimer >= 0) {
            vertx.cancelTimer(keepaliveTimer);
        }
    }

    /** Asks for items in batches, which costs less than one by one; a few may come while the client is slow. */
    private void requestMore() {
        if (!finished && subscription != null && requested <= AHEAD / 2) {
            int more = AHEAD - requested;
            requested = AHEAD;
            subscription.request(more);
        }
    }

    /** One timer that looks again later is cheaper than a new one for each write. */
    private void watch(long millis) {
        keepaliveTimer = vertx.setTimer(Math.max(1, millis), tick -> {
            long silent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastWrite);
            if (silent >= keepalive.toMillis()) {
                signOfLife();
                silent = 0;
            }
            watch(keepalive.toMillis() - silent);
        });
    }

    private void signOfLife() {
        if (!response.writeQueueFull()) {
            SseWriter out = new SseWriter();
            exchange.keepalive().ifPresentOrElse(live -> live.accept(out), () -> dialect.writeKeepalive(out));
            write(Buffer.buffer(out.drain()));
        }
    }

    private void write(Buffer bytes) {
        if (!response.headWritten()) {
            ResponseHead.write(exchange, response, framing.contentType());
            response.putHeader("cache-control", "no-cache");
            response.putHeader("x-accel-buffering", "no");
            response.setChunked(true);
        }
        lastWrite = System.nanoTime();
        response.write(framing.frame(bytes));
    }
}
