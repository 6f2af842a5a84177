package dev.aigateway.upstream;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.LinkConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.ProxyConfig;
import dev.aigateway.config.StreamConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Calls providers over HTTP/1.1 with pooled connections. Time limits: connecting, the first byte of an answer, and silence
 * inside an answer; a long answer as such has no limit.
 */
@Singleton
public class HttpTransport implements Transport {
    private static final Logger LOG = Logger.getLogger(HttpTransport.class);

    private final Vertx vertx;
    private final CurrentConfig config;
    private final HttpClients clients;

    public HttpTransport(Vertx vertx, CurrentConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.clients = new HttpClients(vertx);
    }

    @Override
    public Uni<UpstreamAnswer> send(UpstreamCall call) {
        return send(Peer.of(call.provider()), Endpoint.options(call), new RequestBody.Whole(call.body()));
    }

    /** The same for a request that is forwarded as it is. */
    public Uni<UpstreamAnswer> forward(ForwardCall call) {
        return send(Peer.of(call.provider()), Endpoint.options(call), call.body());
    }

    /** The same for any request at all. */
    public Uni<UpstreamAnswer> pass(TransparentCall call) {
        return send(Peer.of(call), Endpoint.options(call), call.body());
    }

    private Uni<UpstreamAnswer> send(Peer peer, RequestOptions options, RequestBody body) {
        return Uni.createFrom().emitter(emitter -> {
            Cancellation cancellation = new Cancellation();
            emitter.onTermination(cancellation::cancel);
            StreamConfig limits = peer.link().timeouts().over(config.get().streaming());
            clients.toward(options, peer.link(), limits)
                    .compose(client -> client.request(options))
                    .onFailure(cause -> emitter.fail(failure(peer, cause)))
                    .onSuccess(request -> {
                        if (cancellation.attach(request)) {
                            exchange(peer, limits, request, body, cancellation, emitter);
                        }
                    });
        });
    }

    private void exchange(
            Peer peer,
            StreamConfig limits,
            HttpClientRequest request,
            RequestBody body,
            Cancellation cancellation,
            UniEmitter<? super UpstreamAnswer> emitter) {
        Sending sending =
                new Sending(request, vertx, limits.firstByteTimeout(), cause -> emitter.fail(failure(peer, cause)));
        request.response()
                .onFailure(cause -> {
                    sending.stopWaiting();
                    emitter.fail(failure(peer, cause));
                })
                .onSuccess(response -> {
                    sending.stopWaiting();
                    if (response.statusCode() == 407 && !peer.link().proxy().equals(ProxyConfig.DIRECT)) {
                        // The connection is given up with it; without a handler that would be logged as an error.
                        response.exceptionHandler(ignored -> {});
                        emitter.fail(refusedByProxy(peer));
                        return;
                    }
                    response.pause();
                    cancellation.handOver();
                    emitter.complete(new UpstreamAnswer(
                            response.statusCode(), response.headers(), body(peer, limits, request, sending, response)));
                });
        sending.begin(body);
    }

    private Multi<Buffer> body(
            Peer peer, StreamConfig limits, HttpClientRequest request, Sending sending, HttpClientResponse response) {
        Multi<Buffer> bytes = MultiHelper.toMulti(response).onCancellation().invoke(request::reset);
        return new PatientBody(bytes, vertx, limits.idleTimeout())
                .onCompletion()
                .invoke(() -> endUnfinished(request, sending))
                .onFailure()
                .transform(cause -> failure(peer, cause));
    }

    /** Nobody wants the rest of an upload whose answer is complete, and its connection serves no other request. */
    private static void endUnfinished(HttpClientRequest request, Sending sending) {
        if (!sending.isComplete()) {
            request.reset();
        }
    }

    /** Neither the client nor the provider has anything to do with it. */
    private static TransportException refusedByProxy(Peer peer) {
        String message = "The proxy before " + peer.label() + " refused the gateway.";
        return new TransportException(
                GatewayError.of(Kind.BAD_GATEWAY, message), new IllegalStateException("status 407"));
    }

    /** What the cause says is for the operator's log only: it may name a proxy. */
    private static TransportException failure(Peer peer, Throwable cause) {
        if (LOG.isDebugEnabled()) {
            LOG.debugf("%s failed: %s", peer.label(), Causes.of(cause));
        }
        if (cause instanceof Sending.BrokenOffException) {
            return new TransportException(GatewayError.of(Kind.CLIENT_CLOSED, "The request body broke off."), cause);
        }
        boolean late = cause instanceof TimeoutException;
        Kind kind = late ? Kind.TIMEOUT : Kind.BAD_GATEWAY;
        String what = late ? "did not answer in time" : "could not be reached or broke the connection";
        return new TransportException(GatewayError.of(kind, peer.label() + " " + what + "."), cause);
    }

    /** @param label how messages call it */
    private record Peer(String label, LinkConfig link) {
        static Peer of(ProviderConfig provider) {
            return new Peer("Provider '" + provider.name() + "'", provider.link());
        }

        static Peer of(TransparentCall call) {
            String kind = call.provider().isPresent() ? "Provider '" : "Endpoint '";
            return new Peer(kind + call.target().name() + "'", call.target().link());
        }
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
