package dev.aigateway.demo;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.Dialects;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.upstream.Transport;
import dev.aigateway.upstream.UpstreamAnswer;
import dev.aigateway.upstream.UpstreamCall;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Plays a provider that speaks every client dialect, answering in-process with {@link DemoModel}. Stateless. */
@Singleton
public class DemoTransport implements Transport {
    private static final String REQUEST_ID = "demo";

    /** More is worked on beside the event loop. */
    private static final int INLINE_BYTES = 128 * 1024;

    private final Dialects dialects;
    private final Vertx vertx;

    public DemoTransport(Dialects dialects, Vertx vertx) {
        this.dialects = dialects;
        this.vertx = vertx;
    }

    @Override
    public Uni<UpstreamAnswer> send(UpstreamCall call) {
        if (call.body().length() <= INLINE_BYTES) {
            return Uni.createFrom().item(() -> answer(call));
        }
        return Uni.createFrom()
                .completionStage(
                        () -> vertx.executeBlocking(() -> answer(call), false).toCompletionStage());
    }

    private UpstreamAnswer answer(UpstreamCall call) {
        ClientDialect dialect = dialects.client(call.dialect());
        try {
            Conversation request = dialect.readRequest(
                    call.model(), call.stream(), call.body().getBytes(), new TranslationNotes(false));
            List<AnswerEvent> events = DemoModel.answer(request);
            AnswerContext context = new AnswerContext(REQUEST_ID, call.model(), Instant.now(), request);
            return call.stream() ? stream(dialect, context, events) : whole(dialect, context, events);
        } catch (GatewayException e) {
            byte[] body = dialect.writeError(e.error(), REQUEST_ID);
            return new UpstreamAnswer(dialect.status(e.error()), type("application/json"), one(body));
        }
    }

    private static UpstreamAnswer whole(ClientDialect dialect, AnswerContext context, List<AnswerEvent> events) {
        AnswerFolder folder = new AnswerFolder();
        events.forEach(folder);
        return new UpstreamAnswer(200, type("application/json"), one(dialect.writeAnswer(folder.answer(), context)));
    }

    private static UpstreamAnswer stream(ClientDialect dialect, AnswerContext context, List<AnswerEvent> events) {
        EventEncoder encoder = dialect.newEncoder(context);
        SseWriter out = new SseWriter();
        Multi<Buffer> body = Multi.createFrom()
                .iterable(events)
                .onItem()
                .transform(event -> {
                    encoder.encode(event, out);
                    return Buffer.buffer(out.drain());
                })
                .select()
                .where(bytes -> bytes.length() > 0);
        return new UpstreamAnswer(200, type("text/event-stream"), body);
    }

    private static Multi<Buffer> one(byte[] body) {
        return Multi.createFrom().item(Buffer.buffer(body));
    }

    private static MultiMap type(String contentType) {
        return MultiMap.caseInsensitiveMultiMap().add("content-type", contentType);
    }
}
