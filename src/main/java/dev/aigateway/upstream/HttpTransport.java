package dev.aigateway.upstream;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.StreamConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/**
 * Calls providers over HTTP/1.1 with pooled connections, one pool per set of trusted authorities. Time limits: connecting,
 * the first byte of an answer, and silence inside an answer; a long answer as such has no limit.
 */
@Singleton
public class HttpTransport implements Transport {
    private static final int MAX_CONNECTIONS_PER_HOST = 4096;

    private final Vertx vertx;
    private final StreamConfig limits;
    private final Map<Optional<Path>, HttpClient> clients = new ConcurrentHashMap<>();

    public HttpTransport(Vertx vertx, GatewayConfig config) {
        this.vertx = vertx;
        this.limits = config.streaming();
    }

    @Override
    public Uni<UpstreamAnswer> send(UpstreamCall call) {
        return Uni.createFrom().emitter(emitter -> open(call, emitter));
    }

    private void open(UpstreamCall call, UniEmitter<? super UpstreamAnswer> emitter) {
        ProviderConfig provider = call.provider();
        Cancellation cancellation = new Cancellation();
        emitter.onTermination(cancellation::cancel);
        client(provider)
                .request(Endpoint.options(call))
                .onFailure(cause -> emitter.fail(failure(provider, cause)))
                .onSuccess(request -> {
                    if (cancellation.attach(request)) {
                        exchange(provider, request, call.body(), cancellation, emitter);
                    }
                });
    }

    private void exchange(
            ProviderConfig provider,
            HttpClientRequest request,
            Buffer body,
            Cancellation cancellation,
            UniEmitter<? super UpstreamAnswer> emitter) {
        long deadline = vertx.setTimer(limits.firstByteTimeout().toMillis(), ignored -> {
            emitter.fail(failure(provider, new TimeoutException("no answer")));
            request.reset();
        });
        request.send(body)
                .onFailure(cause -> {
                    vertx.cancelTimer(deadline);
                    emitter.fail(failure(provider, cause));
                })
                .onSuccess(response -> {
                    vertx.cancelTimer(deadline);
                    response.pause();
                    cancellation.handOver();
                    emitter.complete(new UpstreamAnswer(
                            response.statusCode(), response.headers(), body(provider, request, response)));
                });
    }

    private Multi<Buffer> body(ProviderConfig provider, HttpClientRequest request, HttpClientResponse response) {
        Multi<Buffer> bytes = MultiHelper.toMulti(response).onCancellation().invoke(request::reset);
        return new PatientBody(bytes, vertx, limits.idleTimeout())
                .onFailure()
                .transform(cause -> failure(provider, cause));
    }

    private HttpClient client(ProviderConfig provider) {
        return clients.computeIfAbsent(provider.caCertificate(), this::newClient);
    }

    private HttpClient newClient(Optional<Path> authority) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(limits.connectTimeout().toMillis()))
                .setKeepAliveTimeout(55)
                .setTcpNoDelay(true);
        authority.ifPresent(path -> options.setTrustOptions(new PemTrustOptions().addCertPath(path.toString())));
        return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_HOST));
    }

    private static TransportException failure(ProviderConfig provider, Throwable cause) {
        boolean late = cause instanceof TimeoutException;
        Kind kind = late ? Kind.TIMEOUT : Kind.BAD_GATEWAY;
        String what = late ? "did not answer in time" : "could not be reached or broke the connection";
        return new TransportException(GatewayError.of(kind, "Provider '" + provider.name() + "' " + what + "."), cause);
    }

    /** Ties a call that may be cancelled at any moment to a request that exists only later. Event loop only. */
    private static final class Cancellation {
        private Optional<HttpClientRequest> request = Optional.empty();
        private boolean cancelled;
        private boolean handedOver;

        boolean attach(HttpClientRequest opened) {
            request = Optional.of(opened);
            if (cancelled) {
                opened.reset();
            }
            return !cancelled;
        }

        /** From here on cancelling is the business of whoever reads the body. */
        void handOver() {
            handedOver = true;
        }

        void cancel() {
            if (!handedOver) {
                cancelled = true;
                request.ifPresent(HttpClientRequest::reset);
            }
        }
    }
}
