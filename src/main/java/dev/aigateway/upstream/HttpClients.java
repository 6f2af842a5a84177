package dev.aigateway.upstream;

import dev.aigateway.config.LinkConfig;
import dev.aigateway.config.ProxyConfig;
import dev.aigateway.config.StreamConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Clients with their pools of connections, one for each set of trusted authorities, patience and proxy. Any thread. */
final class HttpClients {
    private static final int MAX_CONNECTIONS_PER_HOST = 4096;

    private final Vertx vertx;
    private final Map<Key, Future<HttpClient>> clients = new ConcurrentHashMap<>();

    HttpClients(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Whatever two calls must have in common to use the same connections. */
    private record Key(Optional<Path> authority, Duration connectTimeout, Optional<ProxyConfig.Server> proxy) {}

    /** The client for a target, on the event loop of whoever asks. */
    Future<HttpClient> toward(RequestOptions target, LinkConfig link, StreamConfig limits) {
        Optional<ProxyConfig.Server> proxy = link.proxy().toward(target.isSsl(), target.getHost(), target.getPort());
        Key key = new Key(link.caCertificate(), limits.connectTimeout(), proxy);
        Future<HttpClient> client = clients.computeIfAbsent(key, this::newClient);
        if (client.isComplete()) {
            return client;
        }
        Context own = vertx.getOrCreateContext();
        Promise<HttpClient> here = Promise.promise();
        client.onComplete(done -> own.runOnContext(ignored -> hand(key, client, here)));
        return here.future();
    }

    /** What failed may work the next time. */
    private void hand(Key key, Future<HttpClient> made, Promise<HttpClient> here) {
        if (made.failed()) {
            clients.remove(key, made);
        }
        here.handle(made);
    }

    private Future<HttpClient> newClient(Key key) {
        return key.proxy()
                .map(proxy -> options(key, proxy).map(options -> newClient(key, Optional.of(options))))
                .orElseGet(() -> Future.succeededFuture(newClient(key, Optional.empty())));
    }

    private HttpClient newClient(Key key, Optional<ProxyOptions> proxy) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(key.connectTimeout().toMillis()))
                .setKeepAliveTimeout(55)
                .setTcpNoDelay(true);
        trust(key).ifPresent(options::setTrustOptions);
        proxy.ifPresent(options::setProxyOptions);
        return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_HOST));
    }

    private static Optional<PemTrustOptions> trust(Key key) {
        return key.authority().map(path -> new PemTrustOptions().addCertPath(path.toString()));
    }

    private Future<ProxyOptions> options(Key key, ProxyConfig.Server proxy) {
        Future<SocketAddress> address = switch (proxy.scheme()) {
            case HTTP, SOCKS5 -> Future.succeededFuture(SocketAddress.inetSocketAddress(proxy.port(), proxy.host()));
            case HTTPS -> TlsDoor.open(vertx, proxy, key.connectTimeout(), trust(key));
        };
        return address.map(at -> {
            ProxyOptions options = new ProxyOptions()
                    .setType(
                            switch (proxy.scheme()) {
                                case HTTP, HTTPS -> ProxyType.HTTP;
                                case SOCKS5 -> ProxyType.SOCKS5;
                            })
                    .setHost(at.host())
                    .setPort(at.port())
                    .setConnectTimeout(key.connectTimeout());
            proxy.user().ifPresent(options::setUsername);
            proxy.password().ifPresent(password -> options.setPassword(password.reveal()));
            return options;
        });
    }
}
