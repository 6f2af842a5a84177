package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.Candidate;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.ModelCatalog;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.relay.Relay;
import dev.aigateway.translation.relay.TranslatedRelay;
import dev.aigateway.translation.tools.ToolNames;
import dev.aigateway.translation.tools.ToolRestoration;
import dev.aigateway.upstream.UpstreamCall;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Different dialects: the request is read into the hub and written for the upstream, the answer comes back the same way. */
final class TranslationLane implements Lane {
    private final ClientRequest request;
    private final ClientDialect client;
    private final UpstreamDialect upstream;
    private final GatewayConfig config;
    private final TranslationNotes notes;
    private final Offload offload;
    private @Nullable Conversation conversation;

    TranslationLane(
            ClientRequest request,
            ClientDialect client,
            UpstreamDialect upstream,
            GatewayConfig config,
            TranslationNotes notes,
            Offload offload) {
        this.request = request;
        this.client = client;
        this.upstream = upstream;
        this.config = config;
        this.notes = notes;
        this.offload = offload;
    }

    @Override
    public Uni<UpstreamCall> prepare(Candidate candidate) {
        byte[] body = request.envelope().body();
        return offload.run(body.length, () -> {
            byte[] written = upstream.writeRequest(conversation(), target(candidate), notes);
            return new UpstreamCall(
                    candidate.provider(),
                    candidate.key(),
                    upstream.dialect(),
                    candidate.model(),
                    request.stream(),
                    Buffer.buffer(written),
                    Map.of());
        });
    }

    @Override
    public Relay relay(Candidate candidate) {
        return new TranslatedRelay(
                new ToolRestoration(upstream.newDecoder(target(candidate)), names()),
                client.newEncoder(context()),
                config.limits().maxEventBytes());
    }

    @Override
    public byte[] whole(Candidate candidate, byte[] answer) {
        return client.writeAnswer(read(candidate, answer), context());
    }

    @Override
    public byte[] wholeAsStream(Candidate candidate, byte[] answer) {
        EventEncoder encoder = client.newEncoder(context());
        SseWriter out = new SseWriter();
        AnswerReplay.replay(read(candidate, answer), event -> encoder.encode(event, out));
        return out.drain();
    }

    @Override
    public GatewayError error(int status, byte[] body) {
        return upstream.readError(status, body);
    }

    private Answer read(Candidate candidate, byte[] answer) {
        return ToolRestoration.restore(upstream.readAnswer(answer, target(candidate)), names());
    }

    private ToolNames names() {
        return ToolNames.of(conversation(), upstream.dialect());
    }

    private Conversation conversation() {
        Conversation read = conversation;
        if (read == null) {
            read = client.readRequest(
                    request.model(), request.stream(), request.envelope().body(), notes);
            conversation = read;
        }
        return read;
    }

    private AnswerContext context() {
        return new AnswerContext(request.id(), request.model(), Instant.now(), conversation());
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
