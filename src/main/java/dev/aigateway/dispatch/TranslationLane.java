package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.dispatch.history.SignatureMemory;
import dev.aigateway.routing.Candidate;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.BlockedAnswer;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.ModelCatalog;
import dev.aigateway.translation.ModelTraits;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.relay.Relay;
import dev.aigateway.translation.relay.TranslatedRelay;
import dev.aigateway.translation.repair.Repair;
import dev.aigateway.translation.stop.StopEmulation;
import dev.aigateway.translation.stop.StopSequences;
import dev.aigateway.translation.tools.ToolNames;
import dev.aigateway.translation.tools.ToolRestoration;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** Different dialects: the request is read into the hub and written for the upstream, the answer comes back the same way. */
final class TranslationLane implements Lane {
    private final ClientRequest request;
    private final History history;
    private final ClientDialect client;
    private final UpstreamDialect upstream;
    private final SignatureMemory signatures;
    private final GatewayConfig config;
    private final ReadRequest read;
    private final Preparation preparation;
    private final Offload offload;
    private final Repairs repairs;
    private final boolean replaceable;

    TranslationLane(
            ClientRequest request,
            History history,
            ClientDialect client,
            UpstreamDialect upstream,
            SignatureMemory signatures,
            GatewayConfig config,
            Preparation preparation,
            Repairs repairs,
            Offload offload,
            boolean replaceable) {
        this.request = request;
        this.history = history;
        this.client = client;
        this.upstream = upstream;
        this.signatures = signatures;
        this.config = config;
        this.read = new ReadRequest(request, history::body, client, signatures::restore, config.strictTranslation());
        this.preparation = preparation;
        this.offload = offload;
        this.repairs = repairs;
        this.replaceable = replaceable;
    }

    @Override
    public Uni<Prepared> prepare(Candidate candidate) {
        List<Repair> due = repairs.of(candidate);
        return offload.run(history.size(), () -> {
            TranslationNotes notes = new TranslationNotes(config.strictTranslation());
            boolean stream = StreamWish.of(request, candidate);
            Conversation conversation = read.conversation().withStream(stream);
            read.copyNotesTo(notes);
            byte[] written = upstream.writeRequest(conversation, target(candidate, due), notes);
            return preparation.of(candidate, upstream.dialect(), stream, written, due, notes);
        });
    }

    @Override
    public Relay relay(Candidate candidate) {
        return new TranslatedRelay(
                decoder(candidate), encoder(), config.limits().maxEventBytes(), replaceable);
    }

    @Override
    public EventDecoder decoder(Candidate candidate) {
        Target target = target(candidate);
        EventDecoder named = new ToolRestoration(upstream.newDecoder(target), names());
        return StopEmulation.of(
                upstream.restore(named, read.conversation(), target),
                StopSequences.of(read.conversation(), target),
                read.conversation().sampling().candidates());
    }

    @Override
    public WholeAnswer whole(Candidate candidate, byte[] answer) {
        return whole(read(candidate, answer));
    }

    @Override
    public WholeAnswer whole(Answer answer) {
        AnswerContext context = context();
        byte[] written = client.writeAnswer(wanted(answer), context);
        history.keep(written, answer, complete(context));
        signatures.keep(read.conversation(), answer);
        return new WholeAnswer(written, answer.usage());
    }

    @Override
    public WholeAnswer wholeAsStream(Candidate candidate, byte[] answer) {
        EventEncoder encoder = encoder();
        SseWriter out = new SseWriter();
        Answer read = wanted(read(candidate, answer));
        AnswerReplay.replay(read, event -> encoder.encode(event, out));
        return new WholeAnswer(out.drain(), read.usage());
    }

    @Override
    public GatewayError error(int status, byte[] body) {
        return upstream.readError(status, body);
    }

    private Answer wanted(Answer answer) {
        return replaceable ? BlockedAnswer.refuse(answer) : answer;
    }

    private Answer read(Candidate candidate, byte[] answer) {
        Target target = target(candidate);
        Answer named = ToolRestoration.restore(upstream.readAnswer(answer, target), names());
        return StopEmulation.cut(
                upstream.restore(named, read.conversation(), target), StopSequences.of(read.conversation(), target));
    }

    private ToolNames names() {
        return ToolNames.of(read.conversation(), upstream.dialect());
    }

    private EventEncoder encoder() {
        AnswerContext context = context();
        return signatures.keeping(read.conversation(), history.keeping(client.newEncoder(context), complete(context)));
    }

    /** Writes an answer with what the next turn needs, even if this client has no use for it. */
    private Function<Answer, byte[]> complete(AnswerContext context) {
        return answer -> client.writeAnswer(answer, context.withEncryptedReasoning());
    }

    private AnswerContext context() {
        return new AnswerContext(request.id(), request.model(), Instant.now(), read.conversation(), history.storage());
    }

    private OptionalInt defaultMaxTokens(Candidate candidate) {
        OptionalInt own = candidate.provider().tuning().defaultMaxTokens();
        return own.isPresent() ? own : config.defaultMaxTokens();
    }

    private Target target(Candidate candidate) {
        return target(candidate, repairs.of(candidate));
    }

    private Target target(Candidate candidate, List<Repair> due) {
        return new Target(
                upstream.dialect(),
                candidate.model(),
                defaultMaxTokens(candidate),
                traits(candidate, due),
                ProviderQuirks.of(candidate.provider(), candidate.model()));
    }

    /** Cleaned schemas show in the answer too, so that they are the writer's affair. */
    private static ModelTraits traits(Candidate candidate, List<Repair> due) {
        ModelTraits traits = ModelCatalog.traits(candidate.model());
        return due.stream().anyMatch(Repair.CleanSchemas.class::isInstance) ? traits.withoutStructuredOutput() : traits;
    }
}
