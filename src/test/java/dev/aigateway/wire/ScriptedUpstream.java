package dev.aigateway.wire;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider that does what a test tells it: it answers each request with the next script, and hands out what it
 * received. Listens on a random loopback port. Safe for concurrent use.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private static final Script NO_SCRIPT = Script.status(599).body("the test has no script for this request");

    private final HttpServer server;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Received> begun = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    private volatile Script fallback = NO_SCRIPT;

    private ScriptedUpstream(Vertx vertx, HttpServerOptions options) {
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0));
        server.requestHandler(this::serve);
        server.connectionHandler(connection -> {
            connections.incrementAndGet();
            opened.incrementAndGet();
            connection.closeHandler(closed -> connections.decrementAndGet());
        });
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    public static ScriptedUpstream plain(Vertx vertx) {
        return new ScriptedUpstream(vertx, new HttpServerOptions());
    }

    /** Speaks TLS with the certificate in {@code src/test/resources/tls}. */
    public static ScriptedUpstream tls(Vertx vertx) {
        return new ScriptedUpstream(
                vertx,
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath("tls/upstream-cert.pem")
                                .addKeyPath("tls/upstream-key.pem")));
    }

    public int port() {
        return server.actualPort();
    }

    /** Forgets scripts and requests of an earlier test. */
    public void reset() {
        scripts.clear();
        fallback = NO_SCRIPT;
        received.clear();
        begun.clear();
    }

    /** Answers the next request that has no script yet. */
    public ScriptedUpstream then(Script script) {
        scripts.add(script);
        return this;
    }

    /** Answers every request that has no script; {@link #reset} forgets it. */
    public ScriptedUpstream otherwise(Script script) {
        fallback = script;
        return this;
    }

    /** The next request that came; waits for it. */
    public Received take() {
        return take(received);
    }

    /** The next request of which at least the head came. */
    public Received takeBegun() {
        return take(begun);
    }

    private static Received take(BlockingQueue<Received> requests) {
        try {
            Received next = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no request reached the upstream");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** All requests that came and that nobody took. */
    public List<Received> takeAll() {
        List<Received> all = new ArrayList<>();
        received.drainTo(all);
        return all;
    }

    /** How many requests came that nobody took. */
    public int untaken() {
        return received.size();
    }

    /** How many connections there have been. */
    public int opened() {
        return opened.get();
    }

    /** How many connections the gateway holds open, once there are none or patience is at its end. */
    public int awaitNoConnections() {
        long start = System.nanoTime();
        while (connections.get() > 0 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            Thread.onSpinWait();
        }
        return connections.get();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private void serve(HttpServerRequest request) {
        Received record = new Received(request);
        request.response().closeHandler(gone -> record.markClosed());
        request.response().exceptionHandler(ignored -> {});
        begun.add(record);
        Script first = scripts.peek();
        if (first != null && first.isAtOnce()) {
            scripts.remove();
            request.pause();
            request.exceptionHandler(gone -> record.markClosed());
            request.response().endHandler(ended -> request.resume());
            first.play(request.response());
            return;
        }
        request.body().onSuccess(body -> {
            record.complete(body);
            received.add(record);
            Script script = scripts.poll();
            if (script == null) {
                script = fallback;
            }
            script.play(request.response());
        });
    }
}
