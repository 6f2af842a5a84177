package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.sse.SseWriter;
import java.util.Optional;

/** Reasoning with one part of summary or none; the encrypted form comes with its end. Confined to its encoder. */
final class EncodedReasoning extends EncodedItem {
    private final boolean wantsEncrypted;

    EncodedReasoning(ResponsesEvents events, int outputIndex, String id, boolean wantsEncrypted) {
        super(events, outputIndex, id);
        this.wantsEncrypted = wantsEncrypted;
    }

    /** A reasoning item that only carries opaque data. */
    static ObjectNode carrier(ResponsesEvents events, int outputIndex, String id, String encrypted, SseWriter out) {
        EncodedReasoning item = new EncodedReasoning(events, outputIndex, id, true);
        item.start(out);
        return item.done(ResponsesItems.reasoning(id, "", Optional.of(encrypted)), out);
    }

    @Override
    void start(SseWriter out) {
        added(ResponsesItems.reasoning(id(), "", Optional.empty()), out);
    }

    @Override
    void delta(String more, SseWriter out) {
        if (text.isEmpty()) {
            part("response.reasoning_summary_part.added", out);
        }
        text.append(more);
        write(inSummary("response.reasoning_summary_text.delta").put("delta", more), out);
    }

    @Override
    ObjectNode end(String status, SseWriter out) {
        if (!text.isEmpty()) {
            write(inSummary("response.reasoning_summary_text.done").put("text", text.toString()), out);
            part("response.reasoning_summary_part.done", out);
        }
        Optional<String> encrypted =
                signature().filter(ignored -> wantsEncrypted).map(ResponsesReasoning::encrypted);
        return done(ResponsesItems.reasoning(id(), text.toString(), encrypted), out);
    }

    private void part(String type, SseWriter out) {
        ObjectNode event = inSummary(type);
        event.set("part", ResponsesItems.summaryPart(text.toString()));
        write(event, out);
    }

    private ObjectNode inSummary(String type) {
        return event(type).put("summary_index", 0);
    }
}
