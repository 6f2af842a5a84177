package dev.aigateway.dispatch;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderType;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.demo.DemoTransport;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.observe.BodyLog;
import dev.aigateway.observe.Printable;
import dev.aigateway.observe.Redaction;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Dialects;
import dev.aigateway.translation.relay.BodyForm;
import dev.aigateway.translation.relay.Relay;
import dev.aigateway.translation.relay.SniffingRelay;
import dev.aigateway.upstream.HttpTransport;
import dev.aigateway.upstream.Transport;
import dev.aigateway.upstream.TransportException;
import dev.aigateway.upstream.UpstreamAnswer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.Optional;
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
                    return open(exchange, lanes.of(lease.candidate(), replaceable), lanes.repairs(), lease.candidate());
                });
        return affinity.following(loop.run());
    }

    private Multi<Buffer> open(Exchange exchange, Lane lane, Repairs repairs, Candidate candidate) {
        return lane.prepare(candidate)
                .onFailure(GatewayException.class)
                .transform(failure -> UpstreamFailure.unsent(((GatewayException) failure).error()))
                .onItem()
                .transformToMulti(prepared -> send(exchange, lane, repairs, candidate, prepared))
                .onFailure(GatewayException.class)
                .transform(failure -> new UpstreamFailure(
                        ((GatewayException) failure).error(), UpstreamFailure.Verdict.NEXT_CANDIDATE))
                .onFailure(TransportException.class)
                .transform(failure -> UpstreamFailure.silence(((TransportException) failure).error()));
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

    private Multi<Buffer> send(Exchange exchange, Lane lane, Repairs repairs, Candidate candidate, Prepared prepared) {
        exchange.noted(prepared.notes());
        if (BodyLog.isOn(exchange.config())) {
            BodyLog.write(
                    exchange.config(),
                    exchange.request().id(),
                    "request to " + Printable.word(candidate.label()),
                    prepared.call().body().getBytes());
        }
        return transport(candidate)
                .send(prepared.call())
                .onItem()
                .transformToMulti(answer -> {
                    if (!answer.isError()) {
                        repairs.accepted(candidate);
                    }
                    return receive(exchange, lane, candidate, answer);
                })
                .onFailure(failure -> failure instanceof UpstreamFailure && mayTryAgain(exchange))
                .recoverWithMulti(failure -> {
                    GatewayError refusal = ((UpstreamFailure) failure).error();
                    return repairs.repaired(candidate, prepared, refusal)
                            .onItem()
                            .transformToMulti(repaired -> {
                                if (repaired.isEmpty()) {
                                    return Multi.createFrom().failure(failure);
                                }
                                exchange.attempted(new Attempt(candidate.label(), Optional.of(refusal)));
                                exchange.tries(candidate);
                                return send(exchange, lane, repairs, candidate, repaired.get());
                            });
                });
    }

    private static boolean mayTryAgain(Exchange exchange) {
        int most = exchange.config().retry().maxAttempts();
        return most == 0 || exchange.attemptCount() < most;
    }

    private Transport transport(Candidate candidate) {
        return candidate.provider().type() == ProviderType.DEMO ? demo : http;
    }

    private Multi<Buffer> receive(Exchange exchange, Lane lane, Candidate candidate, UpstreamAnswer coded) {
        UpstreamAnswer answer = ContentCoding.plain(coded);
        if (answer.isError()) {
            return Refusal.read(answer, CallersKey.blaming(candidate, lane::error))
                    .onItem()
                    .<Buffer>transformToUni(refusal -> Uni.createFrom().failure(refusal))
                    .toMulti();
        }
        if (answer.isEncoded()) {
            return refuseEncoding(answer);
        }
        AnswerHeaders.pass(answer.headers(), candidate.provider().link().rules(), exchange);
        if (exchange.request().stream()) {
            Relay relay = relay(exchange, lane, candidate);
            return new RelayStream(answer.body(), relay, vertx, offload, new Settlement(exchange, candidate, relay));
        }
        Uni<WholeAnswer> served = answer.isEventStream()
                ? fold(exchange, lane, candidate, answer)
                : Bodies.collect(answer, exchange.config().limits().maxAnswerBytes())
                        .onItem()
                        .transformToUni(body -> offload.run(body.length, () -> whole(exchange, lane, candidate, body)));
        return served.onItem()
                .transform(whole -> {
                    exchange.attempted(new Attempt(candidate.label(), Optional.empty()));
                    exchange.counted(whole.usage());
                    return ByteCollector.wrap(whole.body());
                })
                .toMulti();
    }

    /** Carries a stream, whatever form the provider gives it. */
    private static Relay relay(Exchange exchange, Lane lane, Candidate candidate) {
        return new SniffingRelay(
                lane.relay(candidate),
                (document, out) -> {
                    WholeAnswer replayed = lane.wholeAsStream(candidate, document);
                    out.raw(ByteSlice.of(replayed.body()));
                    return replayed.usage();
                },
                exchange.config().limits().maxAnswerBytes());
    }

    /** Puts a stream together for a client that wants a whole answer. */
    private Uni<WholeAnswer> fold(Exchange exchange, Lane lane, Candidate candidate, UpstreamAnswer answer) {
        StreamFold fold = new StreamFold(
                lane.decoder(candidate), exchange.config().limits().maxEventBytes());
        return Bodies.bounded(answer.body(), exchange.config().limits().maxAnswerBytes())
                .onItem()
                .invoke(chunk -> fold.feed(chunk.getBytes()))
                .onItem()
                .ignoreAsUni()
                .onItem()
                .transformToUni(ignored -> fold.whole(lane, exchange.request(), offload))
                .onFailure(GatewayException.class)
                .transform(failure -> new UpstreamFailure(((GatewayException) failure).error()));
    }

    /** Nobody asked for such an answer, and nobody here could read it. */
    private static Multi<Buffer> refuseEncoding(UpstreamAnswer answer) {
        UpstreamFailure failure = new UpstreamFailure(
                GatewayError.of(
                        GatewayError.Kind.BAD_GATEWAY,
                        "The provider's answer is encoded as "
                                + answer.headers().get("content-encoding") + ", which was not asked for."),
                UpstreamFailure.Verdict.NEXT_CANDIDATE);
        answer.discard();
        return Multi.createFrom().failure(failure);
    }

    private static WholeAnswer whole(Exchange exchange, Lane lane, Candidate candidate, byte[] bytes) {
        try {
            if (BodyForm.saysEvents(bytes)) {
                StreamFold fold = new StreamFold(
                        lane.decoder(candidate), exchange.config().limits().maxEventBytes());
                fold.feed(bytes);
                return lane.whole(fold.end());
            }
            return lane.whole(candidate, bytes);
        } catch (GatewayException e) {
            throw new UpstreamFailure(e.error());
        }
    }

    /** Writes down how a stream went. */
    private record Settlement(Exchange exchange, Candidate candidate, Relay relay) implements RelayStream.Listener {
        @Override
        public void committed() {
            exchange.keepAliveBy(relay::keepalive);
            exchange.attempted(new Attempt(candidate.label(), Optional.empty()));
        }

        @Override
        public void settled() {
            exchange.counted(relay.usage());
            relay.failure().ifPresent(exchange::failed);
        }

        @Override
        public void brokenByUs() {
            exchange.brokenByUs();
        }

        @Override
        public Buffer failed(Buffer ending) {
            return Buffer.buffer(Redaction.of(exchange.config()).configured(ending.toString()));
        }
    }
}
