package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.observe.BodyLog;
import dev.aigateway.observe.Printable;
import dev.aigateway.observe.Redaction;
import dev.aigateway.routing.Candidate;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.relay.BodyForm;
import dev.aigateway.translation.relay.Relay;
import dev.aigateway.translation.relay.SniffingRelay;
import dev.aigateway.upstream.Transport;
import dev.aigateway.upstream.TransportException;
import dev.aigateway.upstream.UpstreamAnswer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Asks one candidate: prepares the request, sends it, sends it again put right where it was refused in words that say how,
 * and reads the answer. The first item is the commit point; a failure before it is an {@link UpstreamFailure}.
 *
 * <p>One per attempt, on the exchange's event loop.
 */
final class CandidateCall {
    private final Exchange exchange;
    private final Candidate candidate;
    private final Lane lane;
    private final Repairs repairs;
    private final Transport transport;
    private final Offload offload;
    private final Vertx vertx;
    private final Runnable again;

    /** @param again told of each time that the request is sent once more, put right */
    CandidateCall(
            Exchange exchange,
            Candidate candidate,
            Lane lane,
            Repairs repairs,
            Transport transport,
            Offload offload,
            Vertx vertx,
            Runnable again) {
        this.exchange = exchange;
        this.candidate = candidate;
        this.lane = lane;
        this.repairs = repairs;
        this.transport = transport;
        this.offload = offload;
        this.vertx = vertx;
        this.again = again;
    }

    /** The answer's bytes; cancelling it ends the call. */
    Multi<Buffer> answer() {
        return lane.prepare(candidate)
                .onFailure(GatewayException.class)
                .transform(failure -> UpstreamFailure.unsent(((GatewayException) failure).error()))
                .onItem()
                .transformToMulti(this::send)
                .onFailure(GatewayException.class)
                .transform(failure -> new UpstreamFailure(
                        ((GatewayException) failure).error(), UpstreamFailure.Verdict.NEXT_CANDIDATE))
                .onFailure(TransportException.class)
                .transform(failure -> UpstreamFailure.silence(((TransportException) failure).error()));
    }

    private Multi<Buffer> send(Prepared prepared) {
        exchange.noted(prepared.notes());
        if (BodyLog.isOn(exchange.config())) {
            BodyLog.write(
                    exchange.config(),
                    exchange.request().id(),
                    "request to " + Printable.word(candidate.label()),
                    prepared.call().body().getBytes());
        }
        return transport
                .send(prepared.call())
                .onItem()
                .transformToMulti(answer -> {
                    if (!answer.isError()) {
                        repairs.accepted(candidate);
                    }
                    return receive(answer);
                })
                .onFailure(UpstreamFailure.class)
                .recoverWithMulti(failure -> afterRefusal(prepared, (UpstreamFailure) failure));
    }

    private Multi<Buffer> afterRefusal(Prepared prepared, UpstreamFailure failure) {
        if (!mayTryAgain()) {
            return Multi.createFrom().failure(failure);
        }
        return repairs.repaired(candidate, prepared, failure.error())
                .onItem()
                .transformToMulti(repaired -> repaired.map(right -> sendAgain(right, failure.error()))
                        .orElseGet(() -> Multi.createFrom().failure(failure)));
    }

    private Multi<Buffer> sendAgain(Prepared right, GatewayError refusal) {
        exchange.attempted(new Attempt(candidate.label(), Optional.of(refusal)));
        exchange.tries(candidate);
        again.run();
        return send(right);
    }

    private boolean mayTryAgain() {
        int most = exchange.config().retry().maxAttempts();
        return most == 0 || exchange.attemptCount() < most;
    }

    private Multi<Buffer> receive(UpstreamAnswer coded) {
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
            Relay relay = relay();
            return new RelayStream(answer.body(), relay, vertx, offload, new Settlement(exchange, candidate, relay));
        }
        Uni<WholeAnswer> served = answer.isEventStream()
                ? fold(answer)
                : Bodies.collect(answer, exchange.config().limits().maxAnswerBytes())
                        .onItem()
                        .transformToUni(body -> offload.run(body.length, () -> whole(body)));
        return served.onItem()
                .transform(whole -> {
                    exchange.attempted(new Attempt(candidate.label(), Optional.empty()));
                    exchange.counted(whole.usage());
                    return ByteCollector.wrap(whole.body());
                })
                .toMulti();
    }

    /** Carries a stream, whatever form the provider gives it. */
    private Relay relay() {
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
    private Uni<WholeAnswer> fold(UpstreamAnswer answer) {
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

    private WholeAnswer whole(byte[] bytes) {
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
