package dev.aigateway.translation.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseParser;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a client stream as the strictest clients do: numbers without gaps, created first, indices without holes, each item
 * and part added before it is filled and done before the end, ids and types that never change, deltas that add up to what
 * is done, one ending, whose output repeats the items.
 */
public final class Grammar {
    private static final Set<String> ENDINGS = Set.of("response.completed", "response.incomplete", "response.failed");

    private final List<String> types = new ArrayList<>();
    private final TreeMap<Integer, Item> items = new TreeMap<>();
    private JsonNode ending = Json.object();

    private static final class Item {
        private final String id;
        private final String type;
        private final StringBuilder deltas = new StringBuilder();
        private String part = "";
        private JsonNode done = Json.object();

        Item(JsonNode item) {
            id = item.path("id").asText();
            type = item.path("type").asText();
        }
    }

    private Grammar() {}

    /** The events by type, once the stream has proved legal. */
    public static Grammar check(byte[] stream) {
        Grammar grammar = new Grammar();
        SseParser parser = new SseParser(1 << 20);
        parser.feed(stream, grammar::event);
        parser.end(event -> {
            throw new AssertionError("an unfinished event: " + event);
        });
        grammar.end();
        return grammar;
    }

    public List<String> types() {
        return types;
    }

    /** The response of the terminal event. */
    JsonNode response() {
        return ending.path("response");
    }

    JsonNode item(int index) {
        return item(index, "item " + index).done;
    }

    private void event(SseEvent event) {
        JsonNode node = Json.parse(event.data().copy()).orElseThrow();
        String type = node.path("type").asText();
        assertThat(event.name()).isEqualTo(type);
        assertThat(node.path("sequence_number").asInt(-1)).isEqualTo(types.size());
        assertThat(ending.isEmpty()).as("nothing after the ending").isTrue();
        switch (types.size()) {
            case 0 -> assertThat(type).isEqualTo("response.created");
            case 1 -> assertThat(type).isEqualTo("response.in_progress");
            default -> step(type, node);
        }
        types.add(type);
    }

    private void step(String type, JsonNode node) {
        if (ENDINGS.contains(type)) {
            ending = node;
            return;
        }
        if (type.equals("keepalive")) {
            return;
        }
        int index = node.path("output_index").asInt(-1);
        if (type.equals("response.output_item.added")) {
            assertThat(index).isEqualTo(items.size());
            Item item = new Item(node.path("item"));
            assertThat(item.id).isNotEmpty();
            assertThat(items.values()).noneMatch(other -> other.id.equals(item.id));
            items.put(index, item);
            return;
        }
        Item item = item(index, type);
        assertThat(item.done.isEmpty()).as("nothing after done").isTrue();
        if (type.equals("response.output_item.done")) {
            done(item, node.path("item"));
        } else {
            assertThat(node.path("item_id").asText()).isEqualTo(item.id);
            inside(item, type, node);
        }
    }

    private Item item(int index, String wanted) {
        Item item = items.get(index);
        if (item == null) {
            throw new AssertionError(wanted + " without an added item");
        }
        return item;
    }

    private static void done(Item item, JsonNode done) {
        assertThat(done.path("id").asText()).isEqualTo(item.id);
        assertThat(done.path("type").asText()).isEqualTo(item.type);
        assertThat(item.part).isIn("", "done");
        item.done = done;
    }

    private static void inside(Item item, String type, JsonNode node) {
        String kind = type.substring("response.".length());
        Map<String, String> homes = Map.of(
                "content_part", "message",
                "output_text", "message",
                "refusal", "message",
                "reasoning_summary_part", "reasoning",
                "reasoning_summary_text", "reasoning",
                "function_call_arguments", "function_call",
                "custom_tool_call_input", "custom_tool_call");
        assertThat(homes.get(kind.substring(0, kind.indexOf('.')))).isEqualTo(item.type);
        if (kind.endsWith("part.added")) {
            assertThat(item.part).isEmpty();
            item.part = "open";
        } else if (kind.endsWith("part.done")) {
            assertThat(item.part).isEqualTo("open");
            item.part = "done";
        } else if (kind.endsWith(".delta")) {
            assertThat(node.path("delta").asText()).isNotEmpty();
            item.deltas.append(node.path("delta").asText());
        } else if (kind.endsWith(".done")) {
            String whole = List.of("text", "refusal", "arguments", "input").stream()
                    .map(field -> node.path(field).asText(""))
                    .reduce("", String::concat);
            assertThat(whole).isEqualTo(item.deltas.toString());
        }
    }

    private void end() {
        assertThat(ending.isEmpty()).as("an ending").isFalse();
        List<JsonNode> done = items.values().stream()
                .map(item -> item.done)
                .filter(item -> !item.isEmpty())
                .toList();
        assertThat(response().path("output").valueStream().toList()).isEqualTo(done);
        if (!types.getLast().equals("response.failed")) {
            assertThat(done).as("all items are done").hasSameSizeAs(items.values());
        }
    }
}
