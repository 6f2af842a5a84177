package dev.aigateway.translation.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.WireFormat;
import dev.aigateway.translation.tools.Arguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages streams for tests. Shorthand: {@code start {usage}}, {@code +0 text}, {@code +0 tool_use id name},
 * {@code +0 {block}}, {@code 0 text words}, {@code 0 thinking words}, {@code 0 json part}, {@code 0 signature data},
 * {@code 0 {delta}}, {@code -0}, {@code end reason {usage}}, {@code stop}, {@code ping}, {@code ! type message}.
 */
public final class MessagesWire implements WireFormat {
    private static final Map<String, String> TEXT_OF = Map.of(
            "text_delta", "text",
            "thinking_delta", "thinking",
            "input_json_delta", "partial_json",
            "signature_delta", "signature");
    private static final Map<String, List<String>> DELTAS_OF = Map.of(
            "text", List.of("text_delta"),
            "thinking", List.of("thinking_delta", "signature_delta"),
            "tool_use", List.of("input_json_delta"),
            "redacted_thinking", List.of());

    @Override
    public String stream(List<String> lines) {
        StringBuilder sse = new StringBuilder();
        lines.forEach(line -> {
            JsonNode event = event(line);
            sse.append("event: ").append(event.get("type").textValue());
            sse.append("\ndata: ").append(Json.text(event)).append("\n\n");
        });
        return sse.toString();
    }

    private static JsonNode event(String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1] : "{}";
        return switch (line.charAt(0)) {
            case '+' -> indexed("content_block_start", words[0].substring(1)).set("content_block", block(rest));
            case '-' -> indexed("content_block_stop", words[0].substring(1));
            case '!' -> error(rest.split(" ", 2));
            case '{' -> RequestCase.json(line);
            default ->
                Character.isDigit(line.charAt(0))
                        ? indexed("content_block_delta", words[0]).set("delta", delta(rest))
                        : named(words[0], rest);
        };
    }

    private static ObjectNode indexed(String type, String index) {
        return Json.object().put("type", type).put("index", Integer.parseInt(index));
    }

    private static JsonNode error(String[] words) {
        ObjectNode event = Json.object().put("type", "error");
        event.putObject("error").put("type", words[0]).put("message", words[1]);
        return event;
    }

    private static JsonNode block(String text) {
        if (text.startsWith("{")) {
            return RequestCase.json(text);
        }
        String[] words = text.split(" ");
        ObjectNode block = Json.object().put("type", words[0]);
        switch (words[0]) {
            case "text" -> block.put("text", "");
            case "thinking" -> block.put("thinking", "").put("signature", "");
            default -> block.put("id", words[1]).put("name", words[2]).putObject("input");
        }
        return block;
    }

    private static JsonNode delta(String text) {
        if (text.startsWith("{")) {
            return RequestCase.json(text);
        }
        String[] words = text.split(" ", 2);
        String type = words[0].equals("json") ? "input_json_delta" : words[0] + "_delta";
        return Json.object().put("type", type).put(TEXT_OF.get(type), words.length > 1 ? words[1] : "");
    }

    private static JsonNode named(String word, String rest) {
        return switch (word) {
            case "start" -> {
                ObjectNode event = Json.object().put("type", "message_start");
                ObjectNode message = event.putObject("message")
                        .put("id", "msg_1")
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", "upstream-model");
                message.putArray("content");
                message.putNull("stop_reason").putNull("stop_sequence");
                message.set("usage", RequestCase.json(rest));
                yield event;
            }
            case "end" -> {
                String[] words = rest.split(" ", 2);
                String[] reason = words[0].split(":", 2);
                ObjectNode event = Json.object().put("type", "message_delta");
                event.putObject("delta")
                        .put("stop_reason", reason[0])
                        .put("stop_sequence", reason.length > 1 ? reason[1] : null);
                yield event.set("usage", RequestCase.json(words.length > 1 ? words[1] : "{}"));
            }
            case "stop" -> Json.object().put("type", "message_stop");
            default -> Json.object().put("type", word);
        };
    }

    /** The events of a stream; each must have its type as its name (E17). */
    private static List<JsonNode> events(String sse) {
        List<JsonNode> events = new ArrayList<>();
        for (String part : sse.split("\n\n")) {
            String[] lines = part.split("\n", 2);
            JsonNode event = Json.parse(lines[1].substring("data: ".length())).orElseThrow();
            assertThat(lines[0]).isEqualTo("event: " + event.get("type").textValue());
            events.add(event);
        }
        return events;
    }

    @Override
    public List<String> transcript(String sse) {
        List<String> lines = new ArrayList<>();
        for (JsonNode event : events(sse)) {
            String line = line(event);
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        if (lines.size() > 1 && lines.getFirst().startsWith("start")) {
            lines.removeFirst();
            lines.removeFirst();
        }
        return lines;
    }

    private static String line(JsonNode event) {
        String index = event.path("index").asText();
        return switch (event.get("type").textValue()) {
            case "message_start" -> "start";
            case "content_block_start" -> "+" + index + " " + shown(event.get("content_block"));
            case "content_block_delta" -> {
                String type = event.at("/delta/type").textValue();
                String word = type.equals("input_json_delta") ? "json" : type.replace("_delta", "");
                yield index + " " + word + " "
                        + event.get("delta").get(TEXT_OF.get(type)).textValue();
            }
            case "content_block_stop" -> "-" + index;
            case "message_delta" -> "end " + reason(event.get("delta")) + usage(event.get("usage"));
            case "message_stop" -> "";
            case "error" ->
                "! " + event.at("/error/type").textValue() + " "
                        + event.at("/error/message").textValue();
            default -> event.get("type").textValue();
        };
    }

    private static String shown(JsonNode block) {
        String type = block.get("type").textValue();
        return switch (type) {
            case "tool_use" ->
                type + " " + block.get("id").textValue() + " "
                        + block.get("name").textValue();
            case "redacted_thinking" -> type + " " + block.get("data").textValue();
            default -> type;
        };
    }

    private static String reason(JsonNode delta) {
        String sequence = delta.path("stop_sequence").textValue();
        return delta.get("stop_reason").textValue() + (sequence == null ? "" : ":" + sequence);
    }

    private static String usage(JsonNode usage) {
        String text = "in %d read %d write %d out %d"
                .formatted(
                        usage.get("input_tokens").asLong(),
                        usage.get("cache_read_input_tokens").asLong(),
                        usage.get("cache_creation_input_tokens").asLong(),
                        usage.get("output_tokens").asLong());
        return text.equals("in 0 read 0 write 0 out 0") ? "" : " " + text;
    }

    @Override
    public boolean check(String sse) {
        List<JsonNode> events = events(sse);
        String last = events.getLast().get("type").textValue();
        assertThat(last).as("ending of " + sse).isIn("message_stop", "error");
        int next = 0;
        String open = "";
        boolean calls = false;
        boolean started = false;
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            String type = event.get("type").textValue();
            if (!type.equals("ping")) {
                boolean first = !started;
                started = true;
                assertThat(type.equals("message_start"))
                        .as("message_start comes first, once")
                        .isEqualTo(first && events.size() > 1);
            }
            switch (type) {
                case "content_block_start" -> {
                    assertThat(open).as("one open block").isEmpty();
                    assertThat(event.get("index").intValue()).isEqualTo(next);
                    open = event.at("/content_block/type").textValue();
                    calls |= open.equals("tool_use");
                }
                case "content_block_delta" -> {
                    assertThat(event.get("index").intValue()).isEqualTo(next);
                    assertThat(event.at("/delta/type").textValue()).isIn(DELTAS_OF.getOrDefault(open, List.of()));
                }
                case "content_block_stop" -> {
                    assertThat(open).as("a block to stop").isNotEmpty();
                    assertThat(event.get("index").intValue()).isEqualTo(next++);
                    open = "";
                }
                case "message_delta" -> {
                    assertThat(open).as("all blocks stopped").isEmpty();
                    assertThat(i).as("message_delta is last but one").isEqualTo(events.size() - 2);
                    boolean waits = event.at("/delta/stop_reason").asText().equals("tool_use");
                    assertThat(waits && !calls).as("tool_use without a call").isFalse();
                }
                case "message_stop", "error" -> {
                    assertThat(open).as("all blocks stopped").isEmpty();
                    assertThat(i).as("one ending").isEqualTo(events.size() - 1);
                }
                default -> assertThat(type).isIn("message_start", "ping");
            }
        }
        return last.equals("message_stop");
    }

    @Override
    public JsonNode fold(String sse) {
        ObjectNode message = Json.object();
        Map<Integer, StringBuilder> inputs = new HashMap<>();
        for (JsonNode event : events(sse)) {
            ArrayNode content = message.withArray("content");
            switch (event.get("type").textValue()) {
                case "message_start" ->
                    message = message.has("id") ? message : event.get("message").deepCopy();
                case "content_block_start" ->
                    content.add(event.get("content_block").deepCopy());
                case "content_block_delta" -> delta((ObjectNode) content.get(content.size() - 1), event, inputs);
                case "message_delta" -> {
                    message.setAll((ObjectNode) event.get("delta"));
                    message.withObject("usage").setAll((ObjectNode) event.get("usage"));
                }
                default -> {}
            }
        }
        JsonNode content = message.get("content");
        inputs.forEach((index, text) ->
                ((ObjectNode) content.get(index)).set("input", Json.tree(Arguments.object(text.toString()))));
        return message;
    }

    private static void delta(ObjectNode block, JsonNode event, Map<Integer, StringBuilder> inputs) {
        JsonNode delta = event.get("delta");
        String field = TEXT_OF.getOrDefault(delta.get("type").textValue(), "");
        switch (field) {
            case "" -> {}
            case "partial_json" ->
                inputs.computeIfAbsent(event.get("index").intValue(), index -> new StringBuilder())
                        .append(delta.get(field).textValue());
            case "signature" -> block.set(field, delta.get(field));
            default ->
                block.put(field, block.get(field).textValue() + delta.get(field).textValue());
        }
    }

    @Override
    public JsonNode comparable(JsonNode answer, JsonNode streamed) {
        return answer;
    }
}
