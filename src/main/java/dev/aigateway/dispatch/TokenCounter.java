package dev.aigateway.dispatch;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.ProviderType;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.dispatch.rules.RequestRules;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.Lease;
import dev.aigateway.routing.Next;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.Dialects;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.SignatureCarrier;
import dev.aigateway.translation.TokenEstimate;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.splice.Splice;
import dev.aigateway.upstream.HttpTransport;
import dev.aigateway.upstream.Operation;
import dev.aigateway.upstream.UpstreamAnswer;
import dev.aigateway.upstream.UpstreamCall;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * Counts the prompt tokens of a request: by a provider of the client's own dialect where there is one, else by
 * {@link TokenEstimate}. A provider that cannot count is no reason to fail. Event loop of the caller.
 */
@Singleton
public class TokenCounter {
    private static final byte[] ONE = "1".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_BYTES = 64 * 1024;

    private final ProviderPool pool;
    private final Dialects dialects;
    private final HttpTransport http;
    private final CurrentConfig config;
    private final Memory memory;
    private final Offload offload;

    public TokenCounter(
            ProviderPool pool,
            Dialects dialects,
            HttpTransport http,
            CurrentConfig config,
            Vertx vertx,
            Memory memory) {
        this.pool = pool;
        this.dialects = dialects;
        this.http = http;
        this.config = config;
        this.memory = memory;
        this.offload = new Offload(vertx);
    }

    /**
     * @param body what the client is told
     * @param estimated whether nobody but the gateway has counted
     */
    public record Count(byte[] body, boolean estimated) {}

    /** Fails with a {@link GatewayException}: a 404 for an unknown model, a 400 for a request that cannot be read. */
    public Uni<Count> count(ClientRequest request) {
        RouteQuery anybody = RouteQuery.of(request.model());
        if (pool.select(anybody).isEmpty() && !pool.wantsCallersKey(anybody)) {
            return Uni.createFrom()
                    .failure(UnknownModel.error("No provider serves the model '" + request.model() + "'.")
                            .toException());
        }
        History history = History.of(
                request.dialect(), request.owner(), request.envelope().body(), memory.responses());
        Selection counting = pool.selectAside(new RouteQuery(
                request.model(),
                provider -> canCount(provider, request),
                () -> 0,
                request.callersKey(),
                false,
                new Affinity(request, history, memory.affinities()).keeper()));
        if (!(counting.next() instanceof Next.Try(Lease lease))) {
            return estimate(request, history);
        }
        if (!lease.probed().isEmpty()) {
            // Whether a provider is back, a request must find out: counting would tell nothing, and keep others away.
            giveBack(counting, lease);
            return estimate(request, history);
        }
        return ask(counting, lease, request, history);
    }

    private static boolean canCount(ProviderConfig provider, ClientRequest request) {
        return provider.type() != ProviderType.DEMO
                && provider.dialectFor(request.dialect(), request.model()) == request.dialect();
    }

    /** Counting is a favour: whether it works says nothing about answering, so nobody is spared for it. */
    private Uni<Count> ask(Selection counting, Lease lease, ClientRequest request, History history) {
        return ask(lease.candidate(), request, history)
                .onTermination()
                .invoke(() -> giveBack(counting, lease))
                .onFailure()
                .recoverWithUni(() -> estimate(request, history));
    }

    private static void giveBack(Selection counting, Lease lease) {
        counting.abandoned(lease);
        counting.release(lease);
    }

    private Uni<Count> ask(Candidate candidate, ClientRequest request, History history) {
        return offload.run(history.size(), () -> call(candidate, request, history))
                .onItem()
                .transformToUni(http::send)
                .onItem()
                .transformToUni(answer -> read(ContentCoding.plain(answer)));
    }

    /** Looks like a request to answer, but for what rules change in the body: the client's own prompt is counted. */
    private UpstreamCall call(Candidate candidate, ClientRequest request, History history) {
        RequestRules rules = new RequestRules(config.get(), request.model(), request.userAgent(), memory.identity());
        byte[] body = SignatureCarrier.strip(history.complete(request.envelope().withModel(candidate.model())));
        return new UpstreamCall(
                candidate.provider(),
                candidate.key(),
                request.dialect(),
                candidate.model(),
                Operation.COUNT_TOKENS,
                false,
                ByteCollector.wrap(body),
                request.forwarded(),
                rules.headers(candidate, request.forwarded()));
    }

    private static Uni<Count> read(UpstreamAnswer answer) {
        if (answer.isError() || answer.isEncoded() || !answer.isJson()) {
            answer.discard();
            return Uni.createFrom().failure(new IllegalStateException("status " + answer.status()));
        }
        return Bodies.collect(answer, MAX_BYTES).onItem().transform(body -> new Count(body, false));
    }

    private Uni<Count> estimate(ClientRequest request, History history) {
        return offload.run(history.size(), () -> {
            ClientDialect dialect = dialects.client(request.dialect());
            Conversation conversation = dialect.readRequest(
                    request.model(), false, readable(request, history.body()), new TranslationNotes(false));
            return new Count(written(request.dialect(), TokenEstimate.of(conversation)), true);
        });
    }

    /** A request to count has no answer limit, which the reader of a request to answer insists on. */
    private static byte[] readable(ClientRequest request, byte[] body) {
        boolean lacksLimit = request.dialect() == Dialect.MESSAGES && !Splice.says(ByteSlice.of(body), "max_tokens");
        return lacksLimit ? Splice.put(body, "max_tokens", ONE) : body;
    }

    private static byte[] written(Dialect dialect, long tokens) {
        return Json.bytes(
                switch (dialect) {
                    case GEMINI -> Json.object().put("totalTokens", tokens);
                    case RESPONSES ->
                        Json.object().put("object", "response.input_tokens").put("input_tokens", tokens);
                    case MESSAGES, CHAT, COMPLETIONS -> Json.object().put("input_tokens", tokens);
                });
    }
}
