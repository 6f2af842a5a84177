package dev.aigateway.dispatch;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.RetryConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.translation.UpstreamErrors;
import dev.aigateway.upstream.ForwardCall;
import dev.aigateway.upstream.HttpTransport;
import dev.aigateway.upstream.RequestBody;
import dev.aigateway.upstream.TransportException;
import dev.aigateway.upstream.UpstreamAnswer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Forwards what is no conversation, such as embeddings and audio, to a provider of the model that serves it. Only the
 * model's name and the credential change. A request whose body is at hand is tried as a conversation is, until the head of
 * an answer has come; one that is streamed through is tried once.
 */
@Singleton
public class Forwarder {
    private final ProviderPool pool;
    private final HttpTransport http;
    private final Vertx vertx;
    private final CurrentConfig config;

    public Forwarder(ProviderPool pool, HttpTransport http, CurrentConfig config, Vertx vertx) {
        this.pool = pool;
        this.http = http;
        this.vertx = vertx;
        this.config = config;
    }

    /** Opens the record of a request, which must know the secrets of those who are chosen now. */
    public Exchange begin(ForwardRequest request) {
        return new Exchange(request.client(), config.get());
    }

    /** Fails with a {@link dev.aigateway.conversation.GatewayException}, a 404 when no provider serves it for the model. */
    public Uni<ForwardedAnswer> answer(Exchange exchange, ForwardRequest request) {
        RouteQuery query = new RouteQuery(
                request.client().model(),
                provider -> provider.offers(request.service()),
                () -> 0,
                request.client().callersKey(),
                false);
        Selection selection = pool.select(query);
        if (selection.isEmpty()) {
            return Uni.createFrom().failure(nobody(request, query).toException());
        }
        boolean again = request.upload().isEmpty();
        RetryConfig retry = exchange.config().retry();
        Multi<ForwardedAnswer> answers = new AttemptLoop<>(
                        exchange,
                        selection,
                        new EventLoopTimers(vertx),
                        Dispatcher::millis,
                        again ? retry : retry.withoutRetries(),
                        new Backoff(retry, () -> ThreadLocalRandom.current().nextDouble()),
                        false,
                        (lease, replaceable) -> attempt(exchange, request, lease.candidate(), again))
                .run();
        return Uni.createFrom().emitter(emitter -> new Delivery(emitter).follow(answers));
    }

    /** Taking the first item only would cancel the attempt, which lasts as long as the body. */
    private static final class Delivery {
        private final UniEmitter<? super ForwardedAnswer> emitter;
        private boolean given;
        private Cancellable attempts = () -> {};

        Delivery(UniEmitter<? super ForwardedAnswer> emitter) {
            this.emitter = emitter;
        }

        void follow(Multi<ForwardedAnswer> answers) {
            emitter.onTermination(this::left);
            attempts = answers.subscribe().with(this::give, emitter::fail);
        }

        private void give(ForwardedAnswer answer) {
            given = true;
            emitter.complete(answer.onCancelled(() -> attempts.cancel()));
        }

        private void left() {
            if (!given) {
                attempts.cancel();
            }
        }
    }

    /** Emits the head of the answer and ends with its body. */
    private Multi<ForwardedAnswer> attempt(
            Exchange exchange, ForwardRequest request, Candidate candidate, boolean again) {
        return Multi.createFrom().emitter(emitter -> {
            Cancellable call = open(exchange, request, candidate)
                    .subscribe()
                    .with(
                            answer -> emitter.emit(answer.onEndOfBody(emitter::complete)),
                            failure -> emitter.fail(again ? failure : UpstreamFailure.last(failure)));
            emitter.onTermination(call::cancel);
        });
    }

    private Uni<ForwardedAnswer> open(Exchange exchange, ForwardRequest request, Candidate candidate) {
        ForwardCall call = new ForwardCall(
                candidate.provider(),
                candidate.key(),
                request.path(),
                request.query(),
                request.client().forwarded(),
                body(request, candidate.model()));
        return http.forward(call)
                .onItem()
                .transformToUni(answer -> receive(exchange, candidate, answer))
                .onFailure(TransportException.class)
                .transform(failure -> UpstreamFailure.silence(((TransportException) failure).error()));
    }

    private static RequestBody body(ForwardRequest request, String model) {
        return request.upload()
                .map(upload -> upload.withModel(model))
                .<RequestBody>map(
                        upload -> new RequestBody.Streamed(upload.beginning(), upload.rest(), upload.length()))
                .orElseGet(() -> new RequestBody.Whole(
                        ByteCollector.wrap(request.client().envelope().withModel(model))));
    }

    private static Uni<ForwardedAnswer> receive(Exchange exchange, Candidate candidate, UpstreamAnswer answer) {
        if (answer.isError()) {
            return Refusal.read(ContentCoding.plain(answer), CallersKey.blaming(candidate, UpstreamErrors::read))
                    .onItem()
                    .transformToUni(refusal -> Uni.createFrom().failure(refusal));
        }
        AnswerHeaders.pass(answer.headers(), candidate.provider().link().rules(), exchange);
        exchange.attempted(new Attempt(candidate.label(), Optional.empty()));
        Multi<Buffer> body = answer.body()
                .onFailure(TransportException.class)
                .transform(failure -> broken(exchange, (TransportException) failure));
        return Uni.createFrom()
                .item(new ForwardedAnswer(answer.status(), AnswerHeaders.ofBody(answer.headers()), body));
    }

    private static Throwable broken(Exchange exchange, TransportException failure) {
        exchange.failed(failure.error());
        return failure.error().toException();
    }

    private GatewayError nobody(ForwardRequest request, RouteQuery query) {
        return pool.wantsCallersKey(query)
                ? CallersKey.missing()
                : UnknownModel.error("No provider serves " + request.service().label() + " with the model '"
                        + request.client().model() + "'.");
    }
}
