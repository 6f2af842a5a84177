package dev.aigateway.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A small proxy that asks for {@link #USER} and {@link #PASSWORD} and remembers what went through: an HTTP proxy that
 * takes CONNECT and absolute-form requests, or a SOCKS5 proxy. Listens on a random loopback port. Safe for concurrent use.
 */
public final class TestProxy {
    public static final String USER = "proxy-user";
    public static final String PASSWORD = "pr0xy:p@ss";

    private final NetServer server;
    private final NetClient client;
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    private TestProxy(Vertx vertx, NetServerOptions options, boolean socks) {
        client = vertx.createNetClient();
        server = vertx.createNetServer(options).connectHandler(socket -> {
            socket.exceptionHandler(ignored -> {});
            Buffer received = Buffer.buffer();
            if (socks) {
                socket.handler(chunk -> greeting(socket, received.appendBuffer(chunk)));
            } else {
                socket.handler(chunk -> http(socket, received.appendBuffer(chunk)));
            }
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    static TestProxy http(Vertx vertx) {
        return new TestProxy(vertx, new NetServerOptions(), false);
    }

    /** Speaks TLS with the certificate in {@code src/test/resources/tls}. */
    static TestProxy https(Vertx vertx) {
        NetServerOptions tls = new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath("tls/upstream-cert.pem")
                        .addKeyPath("tls/upstream-key.pem"));
        return new TestProxy(vertx, tls, false);
    }

    static TestProxy socks5(Vertx vertx) {
        return new TestProxy(vertx, new NetServerOptions(), true);
    }

    /** With user and password, as it is configured. */
    String url(String scheme) {
        return scheme + "://" + USER + ":pr0xy%3Ap%40ss@localhost:" + server.actualPort();
    }

    /** What was asked of it since the last time. */
    List<String> take() {
        List<String> all = new ArrayList<>();
        seen.drainTo(all);
        return all;
    }

    private void http(NetSocket socket, Buffer received) {
        String text = received.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String head = text.substring(0, end + 2);
        String expected = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (!head.toLowerCase(Locale.ROOT).contains("\r\nproxy-authorization: basic ") || !head.contains(expected)) {
            socket.end(Buffer.buffer("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"));
            return;
        }
        String[] line = head.split("\r\n", 2)[0].split(" ");
        seen.add(line[0] + " " + line[1]);
        if (line[0].equals("CONNECT")) {
            String[] target = line[1].split(":");
            tunnel(
                    socket,
                    target[0],
                    Integer.parseInt(target[1]),
                    Buffer.buffer(),
                    Buffer.buffer("HTTP/1.1 200 Connection established\r\n\r\n"));
        } else {
            URI uri = URI.create(line[1]);
            String rest = head.split("\r\n", 2)[1].replaceAll("(?im)^proxy-authorization:.*\r\n", "");
            String path = line[1].substring(line[1].indexOf(uri.getRawPath(), line[1].indexOf(uri.getRawAuthority())));
            Buffer first = Buffer.buffer(line[0] + " " + path + " HTTP/1.1\r\nconnection: close\r\n" + rest + "\r\n")
                    .appendBuffer(received.getBuffer(end + 4, received.length()));
            tunnel(socket, uri.getHost(), uri.getPort(), first, Buffer.buffer());
        }
    }

    private void greeting(NetSocket socket, Buffer received) {
        if (received.length() < 2 || received.length() < 2 + received.getByte(1)) {
            return;
        }
        boolean offersPassword = received.toString(StandardCharsets.ISO_8859_1).indexOf(2, 2) > 0;
        socket.write(Buffer.buffer(new byte[] {5, (byte) (offersPassword ? 2 : 0xff)}));
        Buffer next = Buffer.buffer();
        socket.handler(chunk -> password(socket, next.appendBuffer(chunk)));
    }

    private void password(NetSocket socket, Buffer received) {
        int user = received.length() < 2 ? 256 : received.getByte(1);
        int password = received.length() < 3 + user ? 256 : received.getByte(2 + user);
        if (received.length() < 3 + user + password) {
            return;
        }
        boolean known = received.getString(2, 2 + user).equals(USER)
                && received.getString(3 + user, 3 + user + password).equals(PASSWORD);
        socket.write(Buffer.buffer(new byte[] {1, (byte) (known ? 0 : 1)}));
        Buffer next = Buffer.buffer();
        socket.handler(chunk -> request(socket, next.appendBuffer(chunk)));
    }

    private void request(NetSocket socket, Buffer received) {
        boolean named = received.length() > 4 && received.getByte(3) == 3;
        int start = named ? 5 : 4;
        int length = named ? received.getByte(4) : 4;
        if (received.length() < start + length + 2) {
            return;
        }
        byte[] address = received.getBytes(start, start + length);
        String host = named
                ? new String(address, StandardCharsets.US_ASCII)
                : (address[0] & 255) + "." + (address[1] & 255) + "." + (address[2] & 255) + "." + (address[3] & 255);
        int port = received.getUnsignedShort(start + length);
        seen.add(host + ":" + port);
        tunnel(socket, host, port, Buffer.buffer(), Buffer.buffer(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0}));
    }

    private void tunnel(NetSocket socket, String host, int port, Buffer toTarget, Buffer toClient) {
        socket.pause();
        client.connect(port, host.equals("localhost") ? "127.0.0.1" : host)
                .onFailure(ignored -> socket.close())
                .onSuccess(target -> {
                    target.exceptionHandler(ignored -> {});
                    if (toTarget.length() > 0) {
                        target.write(toTarget);
                    }
                    if (toClient.length() > 0) {
                        socket.write(toClient);
                    }
                    socket.handler(target::write);
                    target.handler(socket::write);
                    socket.closeHandler(closed -> target.close());
                    target.closeHandler(closed -> socket.close());
                    socket.resume();
                });
    }
}
