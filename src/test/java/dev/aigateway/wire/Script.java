package dev.aigateway.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * What a scripted upstream answers: status, headers, then steps. A step may wait for the test, so that no test needs to
 * sleep. One script serves one request.
 */
public final class Script {
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<BiConsumer<HttpServerResponse, Runnable>> steps = new ArrayList<>();
    private boolean streaming;
    private boolean atOnce;

    private Script(int status) {
        this.status = status;
    }

    public static Script status(int status) {
        return new Script(status).header("content-type", "application/json");
    }

    /** A whole JSON answer. */
    public static Script json(String body) {
        return status(200).body(body);
    }

    /** An event stream. */
    public static Script stream() {
        Script script = new Script(200).header("content-type", "text/event-stream");
        script.streaming = true;
        return script;
    }

    /** An event stream that sends {@code events} and ends. */
    public static Script stream(String events) {
        return stream().send(events).end();
    }

    /** Closes the connection without any answer. */
    public static Script hangUp() {
        Script script = new Script(200);
        script.streaming = true;
        return script.cut();
    }

    public Script header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Answers without reading the request's body. */
    public Script atOnce() {
        atOnce = true;
        return this;
    }

    boolean isAtOnce() {
        return atOnce;
    }

    public Script body(String text) {
        steps.add((response, next) -> response.end(text));
        return this;
    }

    public Script send(String text) {
        return send(Buffer.buffer(text));
    }

    public Script send(Buffer bytes) {
        steps.add((response, next) -> response.write(bytes).onComplete(written -> next.run()));
        return this;
    }

    /** Sends the bytes one by one, each as a chunk of its own. */
    public Script drip(String text) {
        byte[] bytes = Buffer.buffer(text).getBytes();
        for (byte b : bytes) {
            send(Buffer.buffer(new byte[] {b}));
        }
        return this;
    }

    /** Goes on when the test completes {@code signal}. */
    public Script await(CompletableFuture<?> signal) {
        steps.add((response, next) -> {
            var context = io.vertx.core.Vertx.currentContext();
            signal.whenComplete((done, failure) -> context.runOnContext(ignored -> next.run()));
        });
        return this;
    }

    /** Does all of this only when the test completes {@code signal}. */
    public Script after(CompletableFuture<?> signal) {
        await(signal);
        steps.addFirst(steps.removeLast());
        return this;
    }

    /** Sends the bytes {@code times} times, never faster than they are taken, and counts each that left. */
    public Script flood(Buffer bytes, int times, AtomicInteger sent) {
        steps.add((response, next) -> flood(response, bytes, times, sent, next));
        return this;
    }

    private static void flood(HttpServerResponse response, Buffer bytes, int left, AtomicInteger sent, Runnable next) {
        if (left == 0) {
            next.run();
        } else if (!response.closed()) {
            response.write(bytes).onSuccess(written -> {
                sent.incrementAndGet();
                flood(response, bytes, left - 1, sent, next);
            });
        }
    }

    public Script end() {
        steps.add((response, next) -> response.end());
        return this;
    }

    /** Breaks the connection off in the middle of the answer. */
    public Script cut() {
        steps.add((response, next) -> response.reset());
        return this;
    }

    void play(HttpServerResponse response) {
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        response.setChunked(streaming);
        next(response, new ArrayDeque<>(steps));
    }

    private static void next(HttpServerResponse response, Deque<BiConsumer<HttpServerResponse, Runnable>> left) {
        var step = left.poll();
        if (step != null && !response.closed()) {
            step.accept(response, () -> next(response, left));
        }
    }
}
