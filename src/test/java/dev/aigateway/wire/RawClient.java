package dev.aigateway.wire;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client below HTTP: what it sends is neither normalised nor completed, and it sees when the connection ends. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient connect() {
        try {
            Socket socket = new Socket("127.0.0.1", RestAssured.port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whole exchange; {@code target} goes into the request line as it is. */
    static String exchange(String method, String target, String headers, String body) {
        try (RawClient client = connect()) {
            client.send(method + " " + target + " HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n"
                    + "content-type: application/json\r\ncontent-length: " + body.length() + "\r\n" + headers + "\r\n"
                    + body);
            return client.readToEnd();
        }
    }

    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until {@code text} has come, and no further. */
    String readUntil(String text) {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = next();
            if (next < 0) {
                throw new AssertionError("the connection ended before '" + text + "': " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** Reads until the gateway closes the connection. */
    String readToEnd() {
        StringBuilder read = new StringBuilder();
        for (int next = next(); next >= 0; next = next()) {
            read.append((char) next);
        }
        return read.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int next() {
        try {
            InputStream in = socket.getInputStream();
            return in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
