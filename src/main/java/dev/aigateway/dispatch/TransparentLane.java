package dev.aigateway.dispatch;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.observe.Redaction;
import dev.aigateway.translation.UpstreamErrors;
import dev.aigateway.upstream.HttpTransport;
import dev.aigateway.upstream.RequestBody;
import dev.aigateway.upstream.TransparentCall;
import dev.aigateway.upstream.TransportException;
import dev.aigateway.upstream.UpstreamAnswer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Carries a request to its upstream and the answer back, whatever they are: no byte of a body changes, no status has a
 * meaning but a provider's refusal of our own key, nothing is tried twice (behaviour reference, section 4). Bodies are never
 * held; only errors are looked through for secrets that the upstream has got from us.
 */
@Singleton
public class TransparentLane {
    private final HttpTransport http;
    private final CurrentConfig config;

    public TransparentLane(HttpTransport http, CurrentConfig config) {
        this.http = http;
        this.config = config;
    }

    /** Opens the record of a request. */
    public Exchange begin(TransparentRequest request) {
        return new Exchange(request.client(), config.get());
    }

    /** Fails with a {@link GatewayException} when there is no answer. */
    public Uni<ForwardedAnswer> answer(Exchange exchange, TransparentRequest request) {
        exchange.tries(label(request));
        return Uni.createFrom()
                .deferred(() -> http.pass(call(request)))
                .onItem()
                .transformToUni(answer -> answered(exchange, request, answer))
                .onFailure(TransportException.class)
                .transform(failure -> {
                    GatewayError error = ((TransportException) failure).error();
                    exchange.attempted(new Attempt(label(request), Optional.of(error)));
                    return error.toException();
                });
    }

    private static Uni<ForwardedAnswer> answered(Exchange exchange, TransparentRequest request, UpstreamAnswer answer) {
        if (answer.status() < 400 || !carriedSecrets(request)) {
            return Uni.createFrom().item(receive(exchange, request, answer));
        }
        return refusesOurKey(request, answer)
                ? refused(exchange, request, answer)
                : masked(exchange, request, ContentCoding.plain(answer))
                        .onItem()
                        .transform(error -> receive(exchange, request, error));
    }

    /** Whether the upstream has got something of ours, which its error may repeat. */
    private static boolean carriedSecrets(TransparentRequest request) {
        return request.provider().isPresent()
                || !request.target().link().headers().isEmpty();
    }

    /** An error as it is but for secrets; one that may hold a key and cannot be looked through is only told of. */
    private static Uni<UpstreamAnswer> masked(Exchange exchange, TransparentRequest request, UpstreamAnswer error) {
        if (error.isEncoded() && request.provider().isPresent()) {
            error.discard();
            return Uni.createFrom().failure(() -> untold(error).toException());
        }
        return Bodies.collect(error, Refusal.MAX_ERROR_BYTES)
                .onFailure(UpstreamFailure.class)
                .transform(tooLong -> untold(error).toException())
                .onItem()
                .transform(body -> masked(error, body, Redaction.of(exchange.config())));
    }

    private static UpstreamAnswer masked(UpstreamAnswer error, byte[] body, Redaction redaction) {
        // One character for each byte, so that whatever is no secret keeps its bytes.
        byte[] told = redaction
                .configured(new String(body, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        error.headers().forEach((name, value) -> headers.add(name, redaction.configured(value)));
        if (told.length != body.length) {
            headers.remove("content-length");
        }
        return new UpstreamAnswer(
                error.status(),
                headers,
                Multi.createFrom().items(told.length == 0 ? Stream.empty() : Stream.of(Buffer.buffer(told))));
    }

    private static GatewayError untold(UpstreamAnswer error) {
        return UpstreamErrors.read(error.status(), new byte[0]);
    }

    private static TransparentCall call(TransparentRequest request) {
        return new TransparentCall(
                request.target(),
                request.provider().map(provider -> new TransparentCall.Credential(provider, key(provider, request))),
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                request.body()
                        .<RequestBody>map(
                                body -> new RequestBody.Streamed(body.beginning(), body.rest(), body.length()))
                        .orElseGet(() -> new RequestBody.Whole(Buffer.buffer())));
    }

    private static Optional<Secret> key(ProviderConfig provider, TransparentRequest request) {
        return provider.link().callersKey() ? Optional.of(CallersKey.of(request.client())) : request.key();
    }

    /** The one thing that a client must not get as it is: its own key is not at fault, and ours might be repeated. */
    private static boolean refusesOurKey(TransparentRequest request, UpstreamAnswer answer) {
        boolean ours = request.provider()
                .filter(provider -> !provider.link().callersKey())
                .isPresent();
        return ours && (answer.status() == 401 || answer.status() == 403);
    }

    private static Uni<ForwardedAnswer> refused(Exchange exchange, TransparentRequest request, UpstreamAnswer answer) {
        return Refusal.read(ContentCoding.plain(answer), UpstreamErrors::read)
                .onItem()
                .transformToUni(refusal -> {
                    GatewayError error = Redaction.of(exchange.config()).of(refusal.error());
                    exchange.attempted(new Attempt(label(request), Optional.of(error)));
                    return Uni.createFrom().failure(Disguise.forClient(error).toException());
                });
    }

    private static ForwardedAnswer receive(Exchange exchange, TransparentRequest request, UpstreamAnswer answer) {
        exchange.attempted(new Attempt(label(request), Optional.empty()));
        Multi<Buffer> body = answer.body().onFailure(TransportException.class).transform(failure -> {
            GatewayError error = ((TransportException) failure).error();
            exchange.failed(error);
            return error.toException();
        });
        return new ForwardedAnswer(answer.status(), passed(request, answer.headers()), body);
    }

    /** Cookies go both ways or not at all. */
    private static MultiMap passed(TransparentRequest request, MultiMap headers) {
        HopByHop hopByHop = HopByHop.of(headers);
        boolean cookies = request.target().link().rules().forward().contains("cookie");
        MultiMap passed = MultiMap.caseInsensitiveMultiMap();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!hopByHop.contains(name) && (cookies || !name.startsWith("set-cookie"))) {
                passed.add(header.getKey(), header.getValue());
            }
        }
        return passed;
    }

    private static String label(TransparentRequest request) {
        return request.target().name() + "/" + request.client().model();
    }
}
