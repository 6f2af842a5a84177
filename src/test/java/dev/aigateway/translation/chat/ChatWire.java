package dev.aigateway.translation.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.WireFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chat streams for tests. Shorthand: {@code content words}, {@code reasoning words}, {@code refusal words},
 * {@code tool 0 id name}, {@code args 0 part}, {@code finish reason}, {@code usage {…}}, {@code done},
 * {@code delta {…}}, {@code chunk {…}}, {@code ! type code message}.
 */
public final class ChatWire implements WireFormat {
    @Override
    public String stream(List<String> lines) {
        StringBuilder sse = new StringBuilder();
        lines.forEach(line -> {
            String[] words = line.split(" ", 2);
            String data =
                    words[0].equals("done") ? "[DONE]" : Json.text(chunk(words[0], words.length > 1 ? words[1] : ""));
            sse.append("data: ").append(data).append("\n\n");
        });
        return sse.toString();
    }

    private static JsonNode chunk(String word, String rest) {
        if (word.equals("!")) {
            String[] words = rest.split(" ", 3);
            ObjectNode error = Json.object();
            error.putObject("error").put("type", words[0]).put("code", words[1]).put("message", words[2]);
            return error;
        }
        ObjectNode chunk = Json.object()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion.chunk")
                .put("created", 7)
                .put("model", "upstream-model");
        if (word.equals("chunk")) {
            return chunk.setAll((ObjectNode) RequestCase.json(rest));
        }
        ArrayNode choices = chunk.putArray("choices");
        if (word.equals("usage")) {
            return chunk.set("usage", RequestCase.json(rest));
        }
        ObjectNode choice = choices.addObject().put("index", 0);
        choice.set("delta", word.equals("finish") ? Json.object() : delta(word, rest));
        choice.put("finish_reason", word.equals("finish") ? rest : null);
        return chunk;
    }

    private static JsonNode delta(String word, String rest) {
        String[] words = rest.split(" ", 3);
        ObjectNode delta = Json.object();
        switch (word) {
            case "delta" -> delta.setAll((ObjectNode) RequestCase.json(rest));
            case "role" -> delta.put("role", "assistant").put("content", "");
            case "reasoning" -> delta.put("reasoning_content", rest);
            case "tool" ->
                delta.putArray("tool_calls")
                        .addObject()
                        .put("index", Integer.parseInt(words[0]))
                        .put("id", words[1])
                        .put("type", "function")
                        .putObject("function")
                        .put("name", words[2])
                        .put("arguments", "");
            case "args" ->
                delta.putArray("tool_calls")
                        .addObject()
                        .put("index", Integer.parseInt(words[0]))
                        .putObject("function")
                        .put("arguments", rest.substring(words[0].length() + 1));
            default -> delta.put(word, rest);
        }
        return delta;
    }

    private static List<String> data(String sse) {
        List<String> data = new ArrayList<>();
        for (String part : sse.split("\n\n")) {
            if (!part.startsWith(":") && !part.isEmpty()) {
                assertThat(part).startsWith("data: ");
                data.add(part.substring("data: ".length()));
            }
        }
        return data;
    }

    private static List<JsonNode> chunks(String sse) {
        return data(sse).stream()
                .filter(text -> !text.equals("[DONE]"))
                .map(text -> Json.parse(text).orElseThrow(() -> new AssertionError("not JSON: " + text)))
                .toList();
    }

    @Override
    public List<String> transcript(String sse) {
        List<String> lines = new ArrayList<>();
        for (String part : sse.split("\n\n")) {
            if (part.startsWith(":")) {
                lines.add(part);
            } else if (part.equals("data: [DONE]")) {
                lines.add("done");
            } else {
                line(Json.parse(part.substring("data: ".length())).orElseThrow(), lines);
            }
        }
        if (!lines.isEmpty() && lines.getFirst().equals("role")) {
            lines.removeFirst();
        }
        return lines;
    }

    private static void line(JsonNode chunk, List<String> lines) {
        if (chunk.has("error")) {
            JsonNode error = chunk.get("error");
            lines.add("! " + error.get("type").asText() + " "
                    + error.get("code").asText() + " " + error.get("message").asText());
        } else if (chunk.get("choices").isEmpty()) {
            lines.add("usage " + Json.text(chunk.get("usage")).replace('"', '\''));
        } else {
            JsonNode choice = chunk.at("/choices/0");
            String finish = choice.get("finish_reason").textValue();
            String prefix = choice.get("index").intValue() == 0 ? "" : "#" + choice.get("index") + " ";
            lines.add(prefix + (finish == null ? shown(choice.get("delta")) : "finish " + finish));
        }
    }

    private static String shown(JsonNode delta) {
        if (delta.has("role")) {
            return "role";
        }
        JsonNode call = delta.at("/tool_calls/0");
        if (call.has("id") && call.has("function")) {
            return "tool " + call.get("index") + " " + call.get("id").textValue() + " "
                    + call.at("/function/name").textValue();
        }
        if (call.has("function")) {
            return "args " + call.get("index") + " "
                    + call.at("/function/arguments").textValue();
        }
        String field = delta.fieldNames().next();
        return delta.get(field).isTextual()
                ? field.replace("_content", "") + " " + delta.get(field).textValue()
                : "delta " + Json.text(delta).replace('"', '\'');
    }

    @Override
    public boolean check(String sse) {
        List<String> data = data(sse);
        boolean complete = data.getLast().equals("[DONE]");
        Set<Integer> begun = new HashSet<>();
        Set<Integer> finished = new HashSet<>();
        Set<String> calls = new HashSet<>();
        boolean usageSeen = false;
        for (int i = 0; i < data.size() - 1; i++) {
            JsonNode chunk = Json.parse(data.get(i)).orElseThrow(() -> new AssertionError("not JSON in " + sse));
            assertThat(chunk.has("error")).as("an error ends the stream").isFalse();
            assertThat(chunk.get("object").textValue()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.get("id"))
                    .isEqualTo(Json.parse(data.getFirst()).orElseThrow().get("id"));
            assertThat(usageSeen).as("nothing follows the usage").isFalse();
            usageSeen = chunk.hasNonNull("usage");
            assertThat(usageSeen)
                    .as("usage stands alone")
                    .isEqualTo(chunk.get("choices").isEmpty());
            for (JsonNode choice : chunk.get("choices")) {
                choice(choice, begun, finished, calls);
            }
        }
        if (complete) {
            assertThat(finished).as("choices that finished").isEqualTo(begun).isNotEmpty();
        } else {
            assertThat(data.getLast()).as("ending").startsWith("{\"error\"");
            assertThat(finished).as("no finish before an error").isEmpty();
        }
        return complete;
    }

    private static void choice(JsonNode choice, Set<Integer> begun, Set<Integer> finished, Set<String> calls) {
        int index = choice.get("index").intValue();
        JsonNode delta = choice.get("delta");
        assertThat(finished).as("choices that go on after their finish").doesNotContain(index);
        assertThat(delta.has("role")).as("the role comes first, once").isEqualTo(begun.add(index));
        for (JsonNode call : delta.path("tool_calls")) {
            int number = call.get("index").intValue();
            boolean first = calls.add(index + "/" + number);
            if (first) {
                assertThat(number == 0 || calls.contains(index + "/" + (number - 1)))
                        .as("call numbers")
                        .isTrue();
            }
            assertThat(call.has("id")).as("the id comes once").isEqualTo(first);
            assertThat(call.has("type")).isEqualTo(first);
            assertThat(call.path("function").has("name")).isEqualTo(first && call.has("function"));
        }
        if (choice.hasNonNull("finish_reason")) {
            assertThat(delta.isEmpty()).as("the finish stands alone").isTrue();
            finished.add(index);
        }
    }

    @Override
    public JsonNode fold(String sse) {
        ObjectNode answer = Json.object();
        for (JsonNode chunk : chunks(sse)) {
            for (String field : List.of("id", "created", "model", "usage")) {
                if (chunk.hasNonNull(field)) {
                    answer.set(field, chunk.get(field));
                }
            }
            answer.put("object", "chat.completion");
            for (JsonNode choice : chunk.path("choices")) {
                ArrayNode choices = answer.withArray("choices");
                for (int next = choices.size(); next <= choice.path("index").asInt(); next++) {
                    choices.addObject().put("index", next).putObject("message").put("role", "assistant");
                }
                ObjectNode folded =
                        (ObjectNode) choices.get(choice.path("index").asInt());
                choice.path("delta")
                        .properties()
                        .forEach(entry -> merge((ObjectNode) folded.get("message"), entry.getKey(), entry.getValue()));
                if (choice.hasNonNull("finish_reason")) {
                    folded.set("finish_reason", choice.get("finish_reason"));
                }
            }
        }
        return answer;
    }

    private static void merge(ObjectNode message, String field, JsonNode value) {
        if (field.equals("role") || value.isNull()) {
            return;
        }
        if (value.isTextual()) {
            message.put(field, message.path(field).asText("") + value.textValue());
        } else if (!field.equals("tool_calls")) {
            value.forEach(message.withArray(field)::add);
        } else {
            value.forEach(call -> call(message.withArray(field), call));
        }
    }

    private static void call(ArrayNode calls, JsonNode fragment) {
        int index = fragment.get("index").intValue();
        while (calls.size() <= index) {
            calls.addObject();
        }
        ObjectNode call = (ObjectNode) calls.get(index);
        fragment.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull() || value.asText("?").isEmpty() && !value.isObject()) {
                return;
            }
            if (entry.getKey().equals("function") || entry.getKey().equals("custom")) {
                ObjectNode named = call.withObject(entry.getKey());
                value.properties()
                        .forEach(part -> named.put(
                                part.getKey(),
                                named.path(part.getKey()).asText("")
                                        + part.getValue().asText("")));
            } else if (!entry.getKey().equals("index")) {
                call.set(entry.getKey(), value);
            }
        });
    }

    /** Without nulls, empty texts and, where the stream has none, the usage. */
    @Override
    public JsonNode comparable(JsonNode answer, JsonNode streamed) {
        ObjectNode copy = answer.deepCopy();
        if (!streamed.has("usage")) {
            copy.remove("usage");
        }
        for (JsonNode choice : copy.get("choices")) {
            ((ObjectNode) choice).remove("logprobs");
            ObjectNode message = (ObjectNode) choice.get("message");
            List.of("content", "refusal").forEach(field -> {
                if (message.path(field).isNull() || message.path(field).asText().isEmpty()) {
                    message.remove(field);
                }
            });
        }
        return copy;
    }
}
