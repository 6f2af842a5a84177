package dev.aigateway.api;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.EndpointConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.HeaderRules;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.dispatch.ClientRequest;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.ForwardedAnswer;
import dev.aigateway.dispatch.Outcome;
import dev.aigateway.dispatch.TransparentLane;
import dev.aigateway.dispatch.TransparentRequest;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.translation.splice.Envelope;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes through as it is, by any method: {@code /{endpoint}/v1/...}, and the paths below {@code /v1} that only a
 * provider knows (behaviour reference, section 4). A filter rather than a resource, since JAX-RS knows no "any method".
 * When the client leaves, the upstream's exchange ends. Runs on the event loop of the client's connection.
 */
@Singleton
public class TransparentEndpoint {
    private static final int AFTER_ACCESS = 900;
    /** What stands in the log where others have a model. */
    private static final String NO_MODEL = "-";

    private final TransparentLane lane;
    private final CurrentConfig config;
    private final Vertx vertx;
    private final ExchangeReport report;
    private final ErrorResponse errors;
    private final ProviderPool pool;

    public TransparentEndpoint(
            TransparentLane lane,
            CurrentConfig config,
            Vertx vertx,
            ExchangeReport report,
            ErrorResponse errors,
            ProviderPool pool) {
        this.lane = lane;
        this.config = config;
        this.vertx = vertx;
        this.report = report;
        this.errors = errors;
        this.pool = pool;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, AFTER_ACCESS);
    }

    private void handle(RoutingContext context) {
        GatewayConfig now = config.get();
        TransparentPath.of(context.normalizedPath(), context.request().path(), now)
                .ifPresentOrElse(path -> serve(context, path, now), context::next);
    }

    private void serve(RoutingContext context, TransparentPath path, GatewayConfig now) {
        HttpServerRequest request = context.request();
        String id = RequestIds.of(request);
        Dialect dialect = DialectOfPath.of("/" + path.path());
        Optional<Candidate> asked = path.provider().flatMap(pool::first);
        Optional<GatewayError> refusal = refusal(request, path, now).or(() -> switchedOff(path, asked));
        if (refusal.isPresent()) {
            errors.write(context.response(), dialect, id, refusal.get());
            BodyReader.abandon(request, vertx);
            return;
        }
        carry(context, asked(context, id, dialect, asked, path, now.ownKeys()));
    }

    private static Optional<GatewayError> switchedOff(TransparentPath path, Optional<Candidate> asked) {
        return path.provider()
                .filter(provider -> asked.isEmpty())
                .map(provider ->
                        GatewayError.of(Kind.OVERLOADED, "The provider '" + provider.name() + "' is switched off."));
    }

    private static Optional<GatewayError> refusal(HttpServerRequest request, TransparentPath path, GatewayConfig now) {
        if (path.target().isEmpty()) {
            return Optional.of(GatewayError.of(
                    Kind.NOT_FOUND,
                    "There is no endpoint '" + path.name() + "'. Endpoints: "
                            + String.join(", ", now.network().endpointNames()) + "."));
        }
        String upgrade = request.getHeader("upgrade");
        // Whoever offers HTTP/2 may be answered by HTTP/1.1 as well.
        if (upgrade != null && !upgrade.equalsIgnoreCase("h2c")) {
            return Optional.of(new GatewayError(
                    Kind.BAD_REQUEST,
                    501,
                    "The gateway does not carry upgraded connections such as WebSocket.",
                    Optional.of("upgrade_not_supported"),
                    Optional.empty(),
                    Optional.empty()));
        }
        return Optional.empty();
    }

    private static TransparentRequest asked(
            RoutingContext context,
            String id,
            Dialect dialect,
            Optional<Candidate> asked,
            TransparentPath path,
            List<Secret> ours) {
        HttpServerRequest request = context.request();
        EndpointConfig target = path.targetOf(asked);
        HeaderRules rules = target.link().rules();
        boolean credentials = path.provider().isEmpty();
        ClientRequest client = new ClientRequest(
                id,
                Owner.ANYBODY,
                dialect,
                NO_MODEL,
                Envelope.elsewhere(NO_MODEL),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                KeyCarriers.callers(request, ours));
        return new TransparentRequest(
                client,
                target,
                path.provider(),
                asked.flatMap(Candidate::key),
                request.method(),
                path.path(),
                TransparentHead.query(request.query(), ours, credentials),
                TransparentHead.headers(request, rules, ours, credentials)
                        .remove(RequestIds.HEADER)
                        .addAll(RequestIds.forwarded(context)),
                TransparentHead.body(request));
    }

    private void carry(RoutingContext context, TransparentRequest request) {
        HttpServerResponse response = context.response();
        Exchange exchange = lane.begin(request);
        AccessLog.follow(context, exchange);
        Cancellable carried = lane.answer(exchange, request)
                .onCancellation()
                .invoke(() -> report.finished(exchange, Outcome.CANCELLED, 499))
                .onItem()
                .transformToUni(answer -> pass(exchange, request.method(), answer, response))
                .onFailure()
                .recoverWithUni(failure -> {
                    GatewayError error = errors.write(exchange, response, failure);
                    report.finished(exchange, Outcome.of(error), error.status());
                    return Uni.createFrom().voidItem();
                })
                .subscribe()
                .with(done -> BodyReader.abandon(context.request(), vertx));
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                carried.cancel();
            }
        });
    }

    private Uni<Void> pass(Exchange exchange, HttpMethod method, ForwardedAnswer answer, HttpServerResponse response) {
        return Uni.createFrom().emitter(emitter -> {
            Runnable head = () -> {
                response.setStatusCode(answer.status());
                response.headers().addAll(answer.headers());
            };
            if (isStream(method, answer)) {
                // The client should know at once, however long the first event takes.
                head.run();
                response.setChunked(true).write(Buffer.buffer());
            }
            ForwardedResponse writer = new ForwardedResponse(response, exchange, answer, head, emitter, report);
            emitter.onTermination(writer::cancel);
            answer.body().subscribe().withSubscriber(writer);
        });
    }

    private static boolean isStream(HttpMethod method, ForwardedAnswer answer) {
        boolean mayHaveBody = method != HttpMethod.HEAD && answer.status() != 204 && answer.status() != 304;
        return mayHaveBody && !answer.headers().contains("content-length");
    }
}
