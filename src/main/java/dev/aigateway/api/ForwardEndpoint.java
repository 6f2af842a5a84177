package dev.aigateway.api;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.Service;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.ClientRequest;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.ForwardRequest;
import dev.aigateway.dispatch.ForwardedAnswer;
import dev.aigateway.dispatch.Forwarder;
import dev.aigateway.dispatch.Outcome;
import dev.aigateway.dispatch.Upload;
import dev.aigateway.translation.splice.Envelope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * What all forwarded paths have in common: find the model, forward, pass the answer on as it comes; errors in OpenAI's
 * form. A JSON body is collected, a multipart body streamed through. When the client leaves, the returned {@code Uni} is
 * cancelled and with it the upstream. Runs on the event loop of the client's connection.
 */
@Singleton
public class ForwardEndpoint {
    private final Forwarder forwarder;
    private final CurrentConfig config;
    private final Vertx vertx;
    private final ExchangeReport report;
    private final ErrorResponse errors;

    public ForwardEndpoint(
            Forwarder forwarder, CurrentConfig config, Vertx vertx, ExchangeReport report, ErrorResponse errors) {
        this.forwarder = forwarder;
        this.config = config;
        this.vertx = vertx;
        this.report = report;
        this.errors = errors;
    }

    /** @param path where providers serve it too */
    Uni<Void> serve(Service service, String path, RoutingContext context) {
        HttpServerRequest request = context.request();
        String id = RequestIds.of(request);
        // Asked for before the body comes: a reload meanwhile must not turn a key of ours into one of the caller's.
        GatewayConfig now = config.get();
        return NextTick.on(vertx)
                .onItem()
                .transformToUni(tick -> read(id, service, path, context, now))
                .onItem()
                .transformToUni(asked -> answer(asked, context))
                .onFailure()
                .invoke(failure -> errors.write(context.response(), Dialect.CHAT, id, failure))
                .onFailure()
                .recoverWithNull()
                // A provider may answer before it has the whole upload.
                .onItem()
                .invoke(ignored -> BodyReader.abandon(request, vertx));
    }

    private Uni<ForwardRequest> read(
            String id, Service service, String path, RoutingContext context, GatewayConfig now) {
        HttpServerRequest request = context.request();
        if (UploadReader.isMultipart(request)) {
            return UploadReader.read(request)
                    .onItem()
                    .transform(named -> asked(
                            id,
                            service,
                            path,
                            context,
                            now,
                            Envelope.elsewhere(named.model()),
                            Optional.of(named.upload())));
        }
        return BodyReader.read(request, now.limits().maxBodyBytes())
                .onItem()
                .transform(body -> asked(id, service, path, context, now, Envelope.ofAnyJson(body), Optional.empty()));
    }

    private static ForwardRequest asked(
            String id,
            Service service,
            String path,
            RoutingContext context,
            GatewayConfig now,
            Envelope envelope,
            Optional<Upload> upload) {
        String model = envelope.model()
                .orElseThrow(() -> GatewayError.badField("model", "is required").toException());
        HttpServerRequest request = context.request();
        Map<String, String> forwarded = ForwardedHead.headers(request, now);
        forwarded.putAll(RequestIds.forwarded(context));
        ClientRequest client = new ClientRequest(
                id,
                Owner.ANYBODY,
                Dialect.CHAT,
                model,
                envelope,
                forwarded,
                Optional.of(service),
                Optional.empty(),
                KeyCarriers.callers(request, now.ownKeys()));
        return new ForwardRequest(client, service, path, ForwardedHead.query(request.query(), now.ownKeys()), upload);
    }

    private Uni<Void> answer(ForwardRequest request, RoutingContext context) {
        HttpServerResponse response = context.response();
        Exchange exchange = forwarder.begin(request);
        AccessLog.follow(context, exchange);
        Bodies.request(exchange);
        return forwarder
                .answer(exchange, request)
                .onCancellation()
                .invoke(() -> report.finished(exchange, Outcome.CANCELLED, 499))
                .onItem()
                .transformToUni(answer -> pass(exchange, answer, response))
                .onFailure()
                .recoverWithUni(failure -> {
                    GatewayError error = errors.write(exchange, response, failure);
                    report.finished(exchange, Outcome.of(error), error.status());
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> pass(Exchange exchange, ForwardedAnswer answer, HttpServerResponse response) {
        return Uni.createFrom().emitter(emitter -> {
            Runnable head = () -> ForwardedHead.write(exchange, answer, response);
            ForwardedResponse writer = new ForwardedResponse(response, exchange, answer, head, emitter, report);
            emitter.onTermination(writer::cancel);
            Bodies.answer(exchange, answer).subscribe().withSubscriber(writer);
        });
    }
}
