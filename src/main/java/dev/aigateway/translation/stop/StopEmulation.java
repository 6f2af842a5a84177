package dev.aigateway.translation.stop;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import java.util.function.Consumer;

/**
 * Stop sequences for an upstream that takes none. A stream is complete as soon as it has stopped, whatever the upstream
 * still sends; its counts, which would come last, are then not known. Confined to one stream (translation reference,
 * sections 7.1 and 12).
 */
public final class StopEmulation implements EventDecoder {
    private final EventDecoder decoder;
    private final StopFilter filter;

    private StopEmulation(EventDecoder decoder, StopFilter filter) {
        this.decoder = decoder;
        this.filter = filter;
    }

    /** @param choices how many the client asked for */
    public static EventDecoder of(EventDecoder decoder, StopSequences sequences, int choices) {
        return sequences.isEmpty() ? decoder : new StopEmulation(decoder, new StopFilter(sequences, choices));
    }

    /** The same for a whole answer, whose counts stay as they are: they tell what was generated. */
    public static Answer cut(Answer answer, StopSequences sequences) {
        if (sequences.isEmpty()) {
            return answer;
        }
        AnswerFolder folder = new AnswerFolder();
        StopFilter filter = new StopFilter(sequences, answer.candidates().size());
        AnswerReplay.replay(answer, event -> filter.pass(event, folder));
        return folder.answer();
    }

    @Override
    public void decode(SseEvent event, Consumer<AnswerEvent> out) {
        if (!filter.isOver()) {
            decoder.decode(event, decoded -> filter.pass(decoded, out));
        }
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        if (!filter.isOver()) {
            decoder.end(decoded -> filter.pass(decoded, out));
        }
    }

    @Override
    public boolean endedEarly() {
        return filter.isOver();
    }
}
