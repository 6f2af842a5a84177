package dev.aigateway.dispatch.history;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.splice.Splice;
import java.util.function.Function;

/**
 * Keeps a streamed answer when its last event is written, and before the client can have seen that; an answer that fails
 * or is cut is not kept. Confined to one thread at a time.
 */
final class KeepingEncoder implements EventEncoder {
    private final EventEncoder encoder;
    private final History history;
    private final Function<Answer, byte[]> complete;
    private final AnswerFolder folder = new AnswerFolder();

    KeepingEncoder(EventEncoder encoder, History history, Function<Answer, byte[]> complete) {
        this.encoder = encoder;
        this.history = history;
        this.complete = complete;
    }

    @Override
    public void encode(AnswerEvent event, SseWriter out) {
        folder.accept(event);
        if (!(event instanceof AnswerEvent.Completed)) {
            encoder.encode(event, out);
            return;
        }
        SseWriter ending = new SseWriter();
        encoder.encode(event, ending);
        byte[] bytes = ending.drain();
        new SseParser(bytes.length).feed(bytes, this::keepFinal);
        out.raw(bytes, 0, bytes.length);
    }

    @Override
    public void keepalive(SseWriter out) {
        encoder.keepalive(out);
    }

    /** Only the event that ends the stream holds a response. */
    private void keepFinal(SseEvent event) {
        Splice.find(event.data(), "response")
                .ifPresent(object -> history.keep(object.copy(), folder.answer(), complete));
    }
}
