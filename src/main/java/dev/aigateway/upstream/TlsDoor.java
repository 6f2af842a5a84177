package dev.aigateway.upstream;

import dev.aigateway.config.ProxyConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The way to a proxy that wants TLS itself, which the HTTP client does not speak to proxies: a port on loopback, from
 * which everything goes on over TLS as it is, in both directions and no faster than the other side takes it. Nothing is
 * added, no password either, so that other processes gain nothing that they could not have by a connection of their own.
 *
 * <p>Lives as long as the process; all of it on the event loop that opened it.
 */
final class TlsDoor {
    private static final String LOOPBACK = "127.0.0.1";

    private final NetClient client;
    private final SocketAddress proxy;

    private TlsDoor(NetClient client, SocketAddress proxy) {
        this.client = client;
        this.proxy = proxy;
    }

    /** @param trust the authorities that may vouch for the proxy; the usual ones when empty */
    static Future<SocketAddress> open(
            Vertx vertx, ProxyConfig.Server proxy, Duration patience, Optional<PemTrustOptions> trust) {
        NetClientOptions options = new NetClientOptions()
                .setSsl(true)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setConnectTimeout(Math.toIntExact(patience.toMillis()))
                .setTcpNoDelay(true);
        trust.ifPresent(options::setTrustOptions);
        TlsDoor door = new TlsDoor(
                vertx.createNetClient(options), SocketAddress.inetSocketAddress(proxy.port(), proxy.host()));
        return vertx.createNetServer()
                .connectHandler(door::enter)
                .listen(0, LOOPBACK)
                .map(NetServer::actualPort)
                .map(port -> SocketAddress.inetSocketAddress(port, LOOPBACK));
    }

    private void enter(NetSocket near) {
        near.pause();
        client.connect(proxy, proxy.host())
                .onFailure(unreachable -> near.close())
                .onSuccess(far -> {
                    pass(near, far);
                    pass(far, near);
                });
    }

    /** A connection that breaks is one that ends: HTTP shows whether something is missing. */
    private static void pass(NetSocket from, NetSocket to) {
        from.pipeTo(to).onFailure(broken -> to.close());
    }
}
