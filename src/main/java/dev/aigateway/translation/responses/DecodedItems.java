package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aigateway.conversation.AnswerEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The output items of one stream. Some bridges change item ids on the way and others leave the index out, so an item is
 * known by its index first and by its id otherwise. Confined to its decoder.
 */
final class DecodedItems {
    private final Map<String, DecodedItem> open = new LinkedHashMap<>();
    /** Indices and ids of the items that are done. */
    private final Set<String> done = new HashSet<>();

    private int next;

    void event(String type, JsonNode event, Consumer<AnswerEvent> out) {
        JsonNode item = event.path("item");
        String id = item.path("id").asText(event.path("item_id").asText(""));
        JsonNode index = event.path("output_index");
        String key = index.isInt() ? indexKey(index.intValue()) : id;
        if (done.contains(key)) {
            return;
        }
        String kind = item.path("type").asText(guess(type));
        if (!open.containsKey(key) && kind.isEmpty()) {
            return;
        }
        DecodedItem known = open.computeIfAbsent(key, ignored -> DecodedItem.of(kind, this::number));
        if (type.equals("response.output_item.done")) {
            open.remove(key);
            markDone(key, id);
            known.done(item, out);
        } else {
            known.event(type, event, out);
        }
    }

    /** Ends what is open and makes up for items of the whole output that no event told of. */
    void finish(JsonNode output, Consumer<AnswerEvent> out) {
        for (int i = 0; i < output.size(); i++) {
            JsonNode item = output.get(i);
            String id = item.path("id").asText("");
            String key = open.containsKey(id) ? id : indexKey(i);
            if (done.contains(key) || done.contains(id)) {
                continue;
            }
            DecodedItem known = open.remove(key);
            markDone(key, id);
            (known == null ? DecodedItem.of(item.path("type").asText(), this::number) : known).done(item, out);
        }
        open.values().forEach(item -> item.done(MissingNode.getInstance(), out));
        open.clear();
    }

    private void markDone(String key, String id) {
        done.add(key);
        if (!id.isEmpty()) {
            done.add(id);
        }
    }

    private int number() {
        return next++;
    }

    private static String indexKey(int index) {
        return "#" + index;
    }

    /** The item that an event without announcement must be about; empty when it cannot be told. */
    private static String guess(String type) {
        if (type.startsWith("response.output_text") || type.startsWith("response.refusal")) {
            return "message";
        }
        return type.startsWith("response.reasoning") ? "reasoning" : "";
    }
}
