package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.routing.Candidate;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.ModelCatalog;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.relay.Relay;
import dev.aigateway.translation.relay.TranslatedRelay;
import dev.aigateway.translation.tools.ToolNames;
import dev.aigateway.translation.tools.ToolRestoration;
import dev.aigateway.upstream.Operation;
import dev.aigateway.upstream.UpstreamCall;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Different dialects: the request is read into the hub and written for the upstream, the answer comes back the same way. */
final class TranslationLane implements Lane {
    private final ClientRequest request;
    private final History history;
    private final ClientDialect client;
    private final UpstreamDialect upstream;
    private final GatewayConfig config;
    /** What the hub could not hold; the same for all candidates. */
    private final TranslationNotes readNotes;

    private final Offload offload;
    private @Nullable Conversation conversation;

    TranslationLane(
            ClientRequest request,
            History history,
            ClientDialect client,
            UpstreamDialect upstream,
            GatewayConfig config,
            Offload offload) {
        this.request = request;
        this.history = history;
        this.client = client;
        this.upstream = upstream;
        this.config = config;
        this.readNotes = new TranslationNotes(config.strictTranslation());
        this.offload = offload;
    }

    @Override
    public Uni<Prepared> prepare(Candidate candidate) {
        return offload.run(history.size(), () -> {
            TranslationNotes notes = new TranslationNotes(config.strictTranslation());
            boolean stream = StreamWish.of(request, candidate);
            Conversation read = conversation().withStream(stream);
            readNotes.copyTo(notes);
            byte[] written = upstream.writeRequest(read, target(candidate), notes);
            UpstreamCall call = new UpstreamCall(
                    candidate.provider(),
                    candidate.key(),
                    upstream.dialect(),
                    candidate.model(),
                    Operation.GENERATE,
                    stream,
                    ByteCollector.wrap(written),
                    request.forwarded());
            return new Prepared(call, notes.all());
        });
    }

    @Override
    public Relay relay(Candidate candidate) {
        return new TranslatedRelay(
                decoder(candidate), encoder(), config.limits().maxEventBytes());
    }

    @Override
    public EventDecoder decoder(Candidate candidate) {
        Target target = target(candidate);
        EventDecoder named = new ToolRestoration(upstream.newDecoder(target), names());
        return upstream.restore(named, conversation(), target);
    }

    @Override
    public WholeAnswer whole(Candidate candidate, byte[] answer) {
        return whole(read(candidate, answer));
    }

    @Override
    public WholeAnswer whole(Answer answer) {
        AnswerContext context = context();
        byte[] written = client.writeAnswer(answer, context);
        history.keep(written, answer, complete(context));
        return new WholeAnswer(written, answer.usage());
    }

    @Override
    public WholeAnswer wholeAsStream(Candidate candidate, byte[] answer) {
        EventEncoder encoder = encoder();
        SseWriter out = new SseWriter();
        Answer read = read(candidate, answer);
        AnswerReplay.replay(read, event -> encoder.encode(event, out));
        return new WholeAnswer(out.drain(), read.usage());
    }

    @Override
    public GatewayError error(int status, byte[] body) {
        return upstream.readError(status, body);
    }

    private Answer read(Candidate candidate, byte[] answer) {
        Target target = target(candidate);
        Answer named = ToolRestoration.restore(upstream.readAnswer(answer, target), names());
        return upstream.restore(named, conversation(), target);
    }

    private ToolNames names() {
        return ToolNames.of(conversation(), upstream.dialect());
    }

    private Conversation conversation() {
        Conversation read = conversation;
        if (read == null) {
            read = client.readRequest(request.model(), request.stream(), history.body(), readNotes);
            conversation = read;
        }
        return read;
    }

    private EventEncoder encoder() {
        AnswerContext context = context();
        return history.keeping(client.newEncoder(context), complete(context));
    }

    /** Writes an answer with what the next turn needs, even if this client has no use for it. */
    private Function<Answer, byte[]> complete(AnswerContext context) {
        return answer -> client.writeAnswer(answer, context.withEncryptedReasoning());
    }

    private AnswerContext context() {
        return new AnswerContext(request.id(), request.model(), Instant.now(), conversation(), history.storage());
    }

    private Target target(Candidate candidate) {
        return new Target(
                upstream.dialect(),
                candidate.model(),
                config.defaultMaxTokens(),
                ModelCatalog.traits(candidate.model()),
                ProviderQuirks.of(candidate.provider(), candidate.model()));
    }
}
