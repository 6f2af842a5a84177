package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.OpenAiLogprobs;
import java.util.ArrayList;
import java.util.List;

/** A message with one part: text, or the model's words of refusal. Confined to its encoder. */
final class EncodedMessage extends EncodedItem {
    private final boolean refusal;
    private final ArrayNode annotations = Json.array();
    private final List<TokenLogprob> scored = new ArrayList<>();
    /** How many of the tokens were told with a delta. */
    private int told;

    EncodedMessage(ResponsesEvents events, int outputIndex, String id, boolean refusal) {
        super(events, outputIndex, id);
        this.refusal = refusal;
    }

    @Override
    void start(SseWriter out) {
        added(ResponsesItems.message(id(), "in_progress", Json.array()), out);
        part("response.content_part.added", part(), out);
    }

    @Override
    void delta(String more, SseWriter out) {
        text.append(more);
        ObjectNode event = inPart(refusal ? "response.refusal.delta" : "response.output_text.delta")
                .put("delta", more);
        if (!refusal) {
            event.set("logprobs", OpenAiLogprobs.write(scored.subList(told, scored.size())));
            told = scored.size();
        }
        write(event, out);
    }

    @Override
    void score(List<TokenLogprob> tokens) {
        scored.addAll(tokens);
    }

    @Override
    void cite(Citation citation, SseWriter out) {
        if (refusal) {
            return;
        }
        ObjectNode event = inPart("response.output_text.annotation.added").put("annotation_index", annotations.size());
        annotations.add(ResponsesItems.annotation(citation, text));
        event.set("annotation", annotations.get(annotations.size() - 1));
        write(event, out);
    }

    @Override
    ObjectNode end(String status, SseWriter out) {
        ObjectNode event = inPart(refusal ? "response.refusal.done" : "response.output_text.done")
                .put(refusal ? "refusal" : "text", text.toString());
        if (!refusal) {
            event.set("logprobs", OpenAiLogprobs.write(scored));
        }
        write(event, out);
        part("response.content_part.done", part(), out);
        return done(ResponsesItems.message(id(), status, Json.array().add(part())), out);
    }

    private ObjectNode part() {
        return refusal
                ? ResponsesItems.refusalPart(text.toString())
                : ResponsesItems.textPart(text.toString(), annotations.deepCopy(), scored);
    }

    private void part(String type, ObjectNode part, SseWriter out) {
        ObjectNode event = inPart(type);
        event.set("part", part);
        write(event, out);
    }

    private ObjectNode inPart(String type) {
        return event(type).put("content_index", 0);
    }
}
