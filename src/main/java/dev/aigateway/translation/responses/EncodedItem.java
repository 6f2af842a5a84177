package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.sse.SseWriter;
import java.util.List;
import java.util.Optional;

/**
 * One output item on its way to the client, between {@code output_item.added} and {@code output_item.done}; its id and
 * index are the same in every event. Confined to its encoder.
 */
abstract class EncodedItem {
    private final ResponsesEvents events;
    private final int outputIndex;
    private final String id;
    protected final StringBuilder text = new StringBuilder();
    private Optional<Signature> signature = Optional.empty();

    EncodedItem(ResponsesEvents events, int outputIndex, String id) {
        this.events = events;
        this.outputIndex = outputIndex;
        this.id = id;
    }

    /** Announces the item. */
    abstract void start(SseWriter out);

    abstract void delta(String more, SseWriter out);

    /** Ends the item; the answer is what {@code output_item.done} and the final output say. */
    abstract ObjectNode end(String status, SseWriter out);

    /** Only texts are cited. */
    void cite(Citation citation, SseWriter out) {}

    /** Only texts have tokens that anybody asked about. */
    void score(List<TokenLogprob> tokens) {}

    void sign(Signature value) {
        signature = Optional.of(value);
    }

    Optional<Signature> signature() {
        return signature;
    }

    int outputIndex() {
        return outputIndex;
    }

    String id() {
        return id;
    }

    protected void added(ObjectNode item, SseWriter out) {
        ObjectNode event = events.event("response.output_item.added").put("output_index", outputIndex);
        event.set("item", item);
        events.write(event, out);
    }

    protected ObjectNode done(ObjectNode item, SseWriter out) {
        ObjectNode event = events.event("response.output_item.done").put("output_index", outputIndex);
        event.set("item", item);
        events.write(event, out);
        return item;
    }

    /** An event about the inside of this item. */
    protected ObjectNode event(String type) {
        return events.event(type).put("item_id", id).put("output_index", outputIndex);
    }

    protected void write(ObjectNode event, SseWriter out) {
        events.write(event, out);
    }
}
