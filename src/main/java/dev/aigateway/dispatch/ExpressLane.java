package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.Usage;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.routing.Candidate;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.BlockedAnswer;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.SignatureCarrier;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.relay.ExpressRelay;
import dev.aigateway.translation.relay.ModelRewrite;
import dev.aigateway.translation.relay.Relay;
import dev.aigateway.translation.repair.Repair;
import dev.aigateway.translation.splice.JsonScanner;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Same dialect on both sides: bytes go through as they are, apart from the model's name, what rules change, what had to be
 * repaired, and a history that the gateway keeps, which takes the place of its id.
 */
final class ExpressLane implements Lane {
    private final ClientRequest request;
    private final History history;
    private final ClientDialect client;
    private final UpstreamDialect upstream;
    private final GatewayConfig config;
    private final Preparation preparation;
    private final Repairs repairs;
    private final Offload offload;
    private final boolean replaceable;

    ExpressLane(
            ClientRequest request,
            History history,
            ClientDialect client,
            UpstreamDialect upstream,
            GatewayConfig config,
            Preparation preparation,
            Repairs repairs,
            Offload offload,
            boolean replaceable) {
        this.request = request;
        this.history = history;
        this.client = client;
        this.upstream = upstream;
        this.config = config;
        this.preparation = preparation;
        this.repairs = repairs;
        this.offload = offload;
        this.replaceable = replaceable;
    }

    @Override
    public Uni<Prepared> prepare(Candidate candidate) {
        boolean stream = StreamWish.of(request, candidate);
        byte[] asked = request.envelope().body();
        boolean wrapped = history.isKept() || SignatureCarrier.mayHold(asked);
        List<Repair> due = repairs.of(candidate);
        TranslationNotes notes = new TranslationNotes(config.strictTranslation());
        boolean changed = wrapped || stream != request.stream();
        return offload.run(changed ? history.size() : preparation.work(candidate, asked, due), () -> {
            byte[] named = history.complete(request.envelope().withModel(candidate.model()));
            byte[] bare = wrapped ? SignatureCarrier.strip(named) : named;
            byte[] body = stream == request.stream() ? bare : StreamWish.written(bare, request.dialect());
            return preparation.of(candidate, request.dialect(), stream, body, due, notes);
        });
    }

    @Override
    public Relay relay(Candidate candidate) {
        return new ExpressRelay(
                client,
                upstream.newWatch(),
                config.limits().maxEventBytes(),
                request.id(),
                rewrite(candidate),
                replaceable);
    }

    @Override
    public WholeAnswer whole(Candidate candidate, byte[] answer) {
        WholeScan scan = scan(answer);
        if (scan.error) {
            throw upstream.readError(GatewayError.Kind.BAD_GATEWAY.status(), answer)
                    .toException();
        }
        if (!scan.answer) {
            throw useless("The provider's answer is an object without an answer.");
        }
        if (replaceable && upstream.isBlocked(ByteSlice.of(answer))) {
            throw BlockedAnswer.error().toException();
        }
        byte[] body = rewrite(candidate).map(model -> model.body(answer)).orElse(answer);
        return new WholeAnswer(body, scan.usage == null ? Usage.UNKNOWN : upstream.scanUsage(scan.usage));
    }

    private WholeScan scan(byte[] answer) {
        WholeScan scan = new WholeScan(upstream);
        try {
            JsonScanner.scanObject(ByteSlice.of(answer), scan);
        } catch (JsonScanner.JsonSyntaxException e) {
            throw useless("The provider's answer is not a complete JSON object: " + e.getMessage());
        }
        return scan;
    }

    private static GatewayException useless(String message) {
        return GatewayError.of(GatewayError.Kind.BAD_GATEWAY, message).toException();
    }

    @Override
    public WholeAnswer wholeAsStream(Candidate candidate, byte[] answer) {
        EventEncoder encoder = client.newEncoder(context());
        SseWriter out = new SseWriter();
        Answer read = wanted(upstream.readAnswer(answer, Target.of(request.dialect(), candidate.model())));
        AnswerReplay.replay(read, event -> encoder.encode(event, out));
        return new WholeAnswer(out.drain(), read.usage());
    }

    @Override
    public EventDecoder decoder(Candidate candidate) {
        return upstream.newDecoder(Target.of(request.dialect(), candidate.model()));
    }

    @Override
    public WholeAnswer whole(Answer answer) {
        return new WholeAnswer(client.writeAnswer(wanted(answer), context()), answer.usage());
    }

    @Override
    public GatewayError error(int status, byte[] body) {
        return upstream.readError(status, body);
    }

    private Answer wanted(Answer answer) {
        return replaceable ? BlockedAnswer.refuse(answer) : answer;
    }

    private AnswerContext context() {
        Conversation conversation = client.readRequest(
                request.model(), request.stream(), request.envelope().body(), new TranslationNotes(false));
        return new AnswerContext(request.id(), request.model(), Instant.now(), conversation);
    }

    /** An alias must show as the name the client used; the upstream's own refinement of a name is left alone. */
    private Optional<ModelRewrite> rewrite(Candidate candidate) {
        return candidate.model().equals(request.model())
                ? Optional.empty()
                : Optional.of(new ModelRewrite(request.dialect(), request.model()));
    }

    /** What is worth knowing of a whole answer, found in one pass. */
    private static final class WholeScan implements JsonScanner.MemberVisitor {
        private final UpstreamDialect dialect;
        private boolean error;
        private boolean answer;
        private @Nullable ByteSlice usage;

        WholeScan(UpstreamDialect dialect) {
            this.dialect = dialect;
        }

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is("error")) {
                error = !value.is("null");
            } else if (key.is(dialect.usageMember())) {
                usage = value;
            } else {
                answer |= dialect.answerMembers().stream().anyMatch(key::is);
            }
        }
    }
}
