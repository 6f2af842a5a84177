package dev.aigateway.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a connection. */
final class Peer {
    private static final List<String> SIGNS_OF_A_PROXY =
            List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via");

    private Peer() {}

    /**
     * Whether the request comes from this machine itself. One that was passed on may come from anywhere, whoever passed it
     * on; and what a header says of its origin is the client's word.
     */
    static boolean isLocal(HttpServerRequest request) {
        SocketAddress address = request.connection().remoteAddress();
        return address != null
                && isLoopback(address.hostAddress())
                && SIGNS_OF_A_PROXY.stream().noneMatch(name -> request.headers().contains(name));
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
