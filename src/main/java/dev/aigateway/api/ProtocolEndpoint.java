package dev.aigateway.api;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.ClientRequest;
import dev.aigateway.dispatch.Dispatcher;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.Outcome;
import dev.aigateway.dispatch.TokenCounter;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.Dialects;
import dev.aigateway.translation.gemini.GeminiArrayStream;
import dev.aigateway.translation.splice.Envelope;
import dev.aigateway.translation.splice.Splice;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What every client protocol has in common: read the body, find model and stream flag, dispatch, write the answer or the
 * error in the client's dialect. When the client leaves, the returned {@code Uni} is cancelled and with it the upstream.
 * Runs on the event loop of the client's connection.
 */
@Singleton
public class ProtocolEndpoint {
    private final Dispatcher dispatcher;
    private final TokenCounter counter;
    private final Dialects dialects;
    private final CurrentConfig config;
    private final Vertx vertx;
    private final ExchangeReport report;
    private final ErrorResponse errors;

    public ProtocolEndpoint(
            Dispatcher dispatcher,
            TokenCounter counter,
            Dialects dialects,
            CurrentConfig config,
            Vertx vertx,
            ExchangeReport report,
            ErrorResponse errors) {
        this.dispatcher = dispatcher;
        this.counter = counter;
        this.dialects = dialects;
        this.config = config;
        this.vertx = vertx;
        this.report = report;
        this.errors = errors;
    }

    /** Serves one request of a protocol that keeps model and stream flag in the body. */
    Uni<Void> serve(Dialect dialect, RoutingContext context) {
        return serve(dialect, context, now -> new StreamFraming.Events(), body -> Envelope.scan(dialect, body));
    }

    /** Serves one request of Gemini, which keeps them in the path. */
    Uni<Void> serveGemini(String model, boolean stream, boolean asArray, RoutingContext context) {
        return serve(
                Dialect.GEMINI,
                context,
                now -> asArray
                        ? new StreamFraming.JsonArray(
                                new GeminiArrayStream(now.limits().maxEventBytes()), new SseWriter())
                        : new StreamFraming.Events(),
                body -> Envelope.ofPath(body, model, stream));
    }

    /** Tells how many tokens the prompt of a request has, of a protocol that keeps the model in the body. */
    Uni<Void> countTokens(Dialect dialect, RoutingContext context) {
        return countTokens(dialect, context, body -> Envelope.scan(dialect, body));
    }

    /** The same for Gemini, whose clients may wrap the request that is meant. */
    Uni<Void> countGeminiTokens(String model, RoutingContext context) {
        return countTokens(Dialect.GEMINI, context, body -> {
            ByteSlice whole = ByteSlice.of(body);
            byte[] meant =
                    Splice.find(whole, "generateContentRequest").orElse(whole).copy();
            return Envelope.ofPath(meant, model, false);
        });
    }

    private Uni<Void> countTokens(Dialect dialect, RoutingContext context, Function<byte[], Envelope> envelope) {
        String id = RequestIds.of(context.request());
        GatewayConfig now = config.get();
        return received(
                dialect,
                id,
                context,
                now,
                body -> counter.count(request(dialect, id, context, now, envelope.apply(body)))
                        .onItem()
                        .invoke(count -> write(count, dialect, id, context.response()))
                        .replaceWithVoid());
    }

    private static void write(TokenCounter.Count count, Dialect dialect, String id, HttpServerResponse response) {
        ResponseHead.identify(dialect, id, response);
        if (count.estimated()) {
            response.putHeader("x-gateway-warnings", "approximated:token count");
        }
        response.putHeader("content-type", "application/json").end(Buffer.buffer(count.body()));
    }

    /** Answers a request that no method of the protocol serves. */
    Uni<Void> refuse(RoutingContext context, GatewayError error) {
        String id = RequestIds.of(context.request());
        Dialect dialect = DialectOfPath.of(context.request().path());
        return NextTick.on(vertx).onItem().invoke(tick -> errors.write(context.response(), dialect, id, error));
    }

    private Uni<Void> serve(
            Dialect dialect,
            RoutingContext context,
            Function<GatewayConfig, StreamFraming> framing,
            Function<byte[], Envelope> envelope) {
        String id = RequestIds.of(context.request());
        // Asked for before the body comes: a reload meanwhile must not turn a key of ours into one of the caller's.
        GatewayConfig now = config.get();
        return received(
                dialect,
                id,
                context,
                now,
                body -> answer(
                        request(dialect, id, context, now, envelope.apply(body)), context, () -> framing.apply(now)));
    }

    /** Reads the body and hands it on; what fails before an exchange begins is told here. */
    private Uni<Void> received(
            Dialect dialect, String id, RoutingContext context, GatewayConfig now, Function<byte[], Uni<Void>> serve) {
        HttpServerRequest request = context.request();
        return NextTick.on(vertx)
                .onItem()
                .transformToUni(tick -> BodyReader.read(request, now.limits().maxBodyBytes()))
                .onItem()
                .transformToUni(serve::apply)
                .onFailure()
                .recoverWithUni(failure -> {
                    errors.write(context.response(), dialect, id, failure);
                    BodyReader.abandon(request, vertx);
                    return Uni.createFrom().voidItem();
                });
    }

    private static ClientRequest request(
            Dialect dialect, String id, RoutingContext context, GatewayConfig now, Envelope envelope) {
        String model = envelope.model()
                .or(now::defaultModel)
                .orElseThrow(() -> GatewayError.badField("model", "is required").toException());
        return new ClientRequest(
                id,
                Owner.of(context),
                dialect,
                model,
                envelope,
                forwarded(dialect, context, now),
                Optional.empty(),
                KeyCarriers.passable(context.request(), "user-agent", now.ownKeys()).stream()
                        .findFirst(),
                KeyCarriers.callers(context.request(), now.ownKeys()));
    }

    private Uni<Void> answer(ClientRequest request, RoutingContext context, Supplier<StreamFraming> framing) {
        Exchange exchange = dispatcher.begin(request);
        AccessLog.follow(context, exchange);
        Bodies.request(exchange);
        Uni<Void> answered = request.stream()
                ? stream(exchange, context.response(), framing.get())
                : whole(exchange, context.response());
        return answered.onFailure().recoverWithUni(failure -> {
            GatewayError error = errors.write(exchange, context.response(), failure);
            report.finished(exchange, Outcome.of(error), error.status());
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> whole(Exchange exchange, HttpServerResponse response) {
        // A stream of HTTP/2 may be closed, and this cancelled, while its end is being written.
        AtomicBoolean given = new AtomicBoolean();
        return dispatcher
                .answer(exchange)
                .plug(answer -> Bodies.answer(exchange, answer))
                .collect()
                .first()
                .onItem()
                .invoke(body -> {
                    given.set(true);
                    ResponseHead.write(exchange, response, "application/json");
                    response.end(body);
                    report.finished(exchange, Outcome.OK, 200);
                })
                .onCancellation()
                .invoke(() -> {
                    if (!given.get()) {
                        report.finished(exchange, Outcome.CANCELLED, 499);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> stream(Exchange exchange, HttpServerResponse response, StreamFraming framing) {
        ClientDialect dialect = dialects.client(exchange.request().dialect());
        return Uni.createFrom().emitter(emitter -> {
            StreamingResponse writer = new StreamingResponse(
                    vertx,
                    response,
                    exchange,
                    dialect,
                    framing,
                    exchange.config().streaming().keepalive(),
                    emitter,
                    report);
            emitter.onTermination(writer::cancel);
            Bodies.answer(exchange, dispatcher.answer(exchange)).subscribe().withSubscriber(writer);
        });
    }

    /** Headers that belong to the protocol itself, and those that some upstream may see; the others stay here. */
    private static Map<String, String> forwarded(Dialect dialect, RoutingContext context, GatewayConfig now) {
        HttpServerRequest request = context.request();
        Map<String, String> forwarded = ForwardedHead.configured(request, now);
        forwarded.putAll(RequestIds.forwarded(context));
        if (dialect == Dialect.MESSAGES) {
            for (String name : new String[] {"anthropic-version", "anthropic-beta"}) {
                List<String> values = KeyCarriers.passable(request, name, now.ownKeys());
                if (!values.isEmpty()) {
                    forwarded.put(name, String.join(",", values));
                }
            }
        }
        return forwarded;
    }
}
