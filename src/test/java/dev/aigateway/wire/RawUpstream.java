package dev.aigateway.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider below HTTP: answers each request with the bytes that a test gives it and closes the connection. For answers
 * that no HTTP server would send. Listens on a random loopback port. Safe for concurrent use.
 */
public final class RawUpstream {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final NetServer server;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    private RawUpstream(Vertx vertx) {
        server = vertx.createNetServer().connectHandler(this::serve);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    static RawUpstream start(Vertx vertx) {
        return new RawUpstream(vertx);
    }

    public int port() {
        return server.actualPort();
    }

    /** Forgets answers and requests of an earlier test. */
    public void reset() {
        answers.clear();
        asked.set(0);
    }

    public RawUpstream then(String answer) {
        answers.add(answer);
        return this;
    }

    /** How many requests came. */
    public int asked() {
        return asked.get();
    }

    private void serve(NetSocket socket) {
        Buffer received = Buffer.buffer();
        socket.exceptionHandler(ignored -> {});
        socket.handler(chunk -> {
            received.appendBuffer(chunk);
            if (isWhole(received.toString(StandardCharsets.ISO_8859_1))) {
                asked.incrementAndGet();
                String answer = answers.poll();
                socket.end(Buffer.buffer(answer == null ? "HTTP/1.1 599 no script\r\n\r\n" : answer));
            }
        });
    }

    private static boolean isWhole(String request) {
        int head = request.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(request);
        return head >= 0 && length.find() && request.length() >= head + 4 + Integer.parseInt(length.group(1));
    }
}
