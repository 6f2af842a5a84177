package dev.aigateway.dispatch;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderType;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.demo.DemoTransport;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.translation.Dialects;
import dev.aigateway.upstream.HttpTransport;
import dev.aigateway.upstream.Transport;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Serves a request from one of its candidates. The first item of the answer is the commit point; a failure before it is a
 * {@link GatewayException} that the client can be told with a proper status.
 */
@Singleton
public class Dispatcher {
    private final ProviderPool pool;
    private final Dialects dialects;
    private final HttpTransport http;
    private final DemoTransport demo;
    private final CurrentConfig config;
    private final Vertx vertx;
    private final Memory memory;
    private final Offload offload;

    public Dispatcher(
            ProviderPool pool,
            Dialects dialects,
            HttpTransport http,
            DemoTransport demo,
            CurrentConfig config,
            Vertx vertx,
            Memory memory) {
        this.pool = pool;
        this.dialects = dialects;
        this.http = http;
        this.demo = demo;
        this.config = config;
        this.vertx = vertx;
        this.memory = memory;
        this.offload = new Offload(vertx);
    }

    /**
     * Opens the record of a request. Those who are asked are chosen now, not when the request came, so that it must know
     * the secrets of now.
     */
    public Exchange begin(ClientRequest request) {
        return new Exchange(request, config.get());
    }

    /**
     * The answer's bytes: one item for a whole answer, any number for a stream. Cancelling it cancels the upstream. Fails
     * with a {@link GatewayException}, a 404 when no provider serves the model.
     */
    public Multi<Buffer> answer(Exchange exchange) {
        ClientRequest request = exchange.request();
        History history = History.of(
                request.dialect(), request.owner(), request.envelope().body(), memory.responses());
        Affinity affinity = new Affinity(request, history, memory.affinities());
        RouteQuery query = new RouteQuery(
                request.model(),
                RouteQuery.EVERYBODY,
                affinity,
                request.callersKey(),
                request.stream(),
                affinity.keeper());
        Selection selection = pool.select(query);
        if (selection.isEmpty()) {
            return Multi.createFrom().failure(nobody(query).toException());
        }
        GatewayConfig now = exchange.config();
        Lanes lanes = new Lanes(exchange, history, dialects, memory, offload);
        AttemptLoop<Buffer> loop = new AttemptLoop<>(
                exchange,
                selection,
                new EventLoopTimers(vertx),
                Dispatcher::millis,
                now.retry(),
                new Backoff(now.retry(), () -> ThreadLocalRandom.current().nextDouble()),
                !request.stream(),
                (lease, replaceable) -> {
                    affinity.asks(lease.candidate());
                    return new CandidateCall(
                                    exchange,
                                    lease.candidate(),
                                    lanes.of(lease.candidate(), replaceable),
                                    lanes.repairs(),
                                    transport(lease.candidate()),
                                    offload,
                                    vertx,
                                    () -> selection.repaired(lease))
                            .answer();
                });
        return affinity.following(loop.run());
    }

    private GatewayError nobody(RouteQuery query) {
        return pool.wantsCallersKey(query)
                ? CallersKey.missing()
                : UnknownModel.error(
                        "No provider serves the model '" + query.model() + "'. GET /v1/models lists the models.");
    }

    static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    private Transport transport(Candidate candidate) {
        return candidate.provider().type() == ProviderType.DEMO ? demo : http;
    }
}
