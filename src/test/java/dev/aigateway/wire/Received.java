package dev.aigateway.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request as the scripted upstream received it. */
public final class Received {
    private static final int PATIENCE_SECONDS = 20;

    private final HttpServerRequest request;
    private final long arrived = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile byte[] body = new byte[0];

    Received(HttpServerRequest request) {
        this.request = request;
    }

    public String method() {
        return request.method().name();
    }

    /** Path and query. */
    public String uri() {
        return request.uri();
    }

    public String header(String name) {
        return request.getHeader(name);
    }

    public MultiMap headers() {
        return request.headers();
    }

    /** When its head came, in nanoseconds of no particular day. */
    public long arrived() {
        return arrived;
    }

    public byte[] bytes() {
        return body;
    }

    public String text() {
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Waits until the gateway has closed the exchange before its end. */
    public void awaitClosed() {
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the gateway did not close its connection to the upstream");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void complete(Buffer received) {
        body = received.getBytes();
    }

    void markClosed() {
        closed.countDown();
    }
}
