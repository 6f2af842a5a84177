package dev.aigateway.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sends the body of a request, at the provider's pace, and watches that the provider is not silent for too long. Only time
 * in which the gateway waits for the provider counts: a slow client is not its fault.
 *
 * <p>Event loop of the call.
 */
final class Sending {
    private final HttpClientRequest request;
    private final Vertx vertx;
    private final Duration patience;
    private final Consumer<Throwable> failed;
    private long timer = -1;
    private boolean complete;

    /** @param failed told when the provider was silent for too long, or the client's body broke off */
    Sending(HttpClientRequest request, Vertx vertx, Duration patience, Consumer<Throwable> failed) {
        this.request = request;
        this.vertx = vertx;
        this.patience = patience;
        this.failed = failed;
    }

    /** The client did not send what it had announced. */
    static final class BrokenOffException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    void begin(RequestBody body) {
        switch (body) {
            case RequestBody.Whole whole -> {
                complete = true;
                await();
                end(whole.bytes());
            }
            case RequestBody.Streamed streamed -> pump(streamed);
        }
    }

    /** A request without a body must not claim to have one of no length. */
    private void end(Buffer bytes) {
        if (bytes.length() == 0) {
            request.end();
        } else {
            request.end(bytes);
        }
    }

    /** Whether the whole body went out. */
    boolean isComplete() {
        return complete;
    }

    /** The provider has answered, or nobody waits for it any more. */
    void stopWaiting() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void pump(RequestBody.Streamed body) {
        // The answer's future tells of it too; without a handler it would be logged as if nobody cared.
        request.exceptionHandler(ignored -> {});
        body.length()
                .ifPresentOrElse(
                        length -> request.putHeader("content-length", String.valueOf(length)),
                        () -> request.setChunked(true));
        ReadStream<Buffer> rest = body.rest();
        rest.exceptionHandler(broken -> fail(new BrokenOffException()));
        rest.endHandler(end -> {
            complete = true;
            await();
            request.end();
        });
        rest.handler(chunk -> write(chunk, rest));
        if (body.beginning().length() > 0) {
            request.write(body.beginning());
        }
        rest.resume();
    }

    private void write(Buffer chunk, ReadStream<Buffer> rest) {
        request.write(chunk);
        if (request.writeQueueFull()) {
            rest.pause();
            await();
            request.drainHandler(drained -> {
                stopWaiting();
                rest.resume();
            });
        }
    }

    private void await() {
        stopWaiting();
        timer = vertx.setTimer(patience.toMillis(), ignored -> fail(new TimeoutException("no answer")));
    }

    private void fail(Throwable cause) {
        failed.accept(cause);
        request.reset();
    }
}
