package dev.aigateway.api;

import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.ForwardedAnswer;
import dev.aigateway.dispatch.Outcome;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes a provider's answer to the client as it comes, at the client's pace. A failure before the first byte is a normal
 * error response; after it the connection is cut, so that nobody takes the half for the whole.
 *
 * <p>Confined to the event loop of the client's connection.
 */
final class ForwardedResponse implements Flow.Subscriber<Buffer> {
    private final HttpServerResponse response;
    private final Exchange exchange;
    private final ForwardedAnswer answer;
    private final Runnable head;
    private final UniEmitter<? super Void> done;
    private final ExchangeReport report;
    private Flow.@Nullable Subscription subscription;
    private boolean finished;

    /**
     * @param head sets status and headers
     * @param done completed when the response has ended, failed when it has not even begun
     */
    ForwardedResponse(
            HttpServerResponse response,
            Exchange exchange,
            ForwardedAnswer answer,
            Runnable head,
            UniEmitter<? super Void> done,
            ExchangeReport report) {
        this.response = response;
        this.exchange = exchange;
        this.answer = answer;
        this.head = head;
        this.done = done;
        this.report = report;
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        upstream.request(1);
    }

    @Override
    public void onNext(Buffer item) {
        if (!response.headWritten()) {
            head.run();
            response.setChunked(!response.headers().contains("content-length"));
        }
        response.write(item);
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> requestNext());
        } else {
            requestNext();
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (finished) {
            return;
        }
        finished = true;
        if (!response.headWritten()) {
            done.fail(failure);
            return;
        }
        response.reset();
        report.finished(exchange, Outcome.TRUNCATED, answer.status());
        done.complete(null);
    }

    @Override
    public void onComplete() {
        if (finished) {
            return;
        }
        finished = true;
        if (!response.headWritten()) {
            head.run();
        }
        response.end();
        report.finished(exchange, AccessLog.outcome(answer.status()), answer.status());
        done.complete(null);
    }

    /** The client left, or the response is over. */
    void cancel() {
        if (!finished) {
            finished = true;
            if (subscription != null) {
                subscription.cancel();
            }
            report.finished(exchange, Outcome.CANCELLED, 499);
        }
    }

    private void requestNext() {
        if (!finished && subscription != null) {
            subscription.request(1);
        }
    }
}
