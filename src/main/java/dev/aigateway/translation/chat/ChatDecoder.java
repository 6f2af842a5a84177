package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.OpenAiLogprobs;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads Chat chunks as canonical events. Usage may follow the finish reason, so the answer is complete only at
 * {@code [DONE]} or at the end of the stream (translation reference, section 14.2). A whole answer is read as one chunk.
 */
final class ChatDecoder implements EventDecoder {
    private final TreeMap<Integer, ChatChoice> choices = new TreeMap<>();
    private final BlockNumbers numbers = new BlockNumbers();
    private boolean started;
    private boolean over;

    /** Numbers the blocks of all choices in order of appearance, and seeds ids for calls that have none. */
    static final class BlockNumbers {
        private int next;
        private String answerId = "";

        int take() {
            return next++;
        }

        String seed(int block) {
            return answerId + "\n" + block;
        }
    }

    @Override
    public void decode(SseEvent event, Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        if (event.isComment()) {
            out.accept(new AnswerEvent.Ping());
            return;
        }
        ByteSlice data = event.data();
        if (data.is("[DONE]")) {
            complete(out);
            return;
        }
        Optional<JsonNode> chunk = Json.parse(data.array(), data.offset(), data.length());
        if (chunk.isEmpty() || !chunk.get().isObject()) {
            fail(bad("The provider sent a chunk that is not a JSON object."), out);
            return;
        }
        chunk(chunk.get(), "delta", out);
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        if (!choices.isEmpty() && choices.values().stream().allMatch(ChatChoice::isFinished)) {
            complete(out);
        } else {
            fail(bad("The provider closed the stream before the answer was complete."), out);
        }
    }

    /** Reads a whole answer. */
    void whole(ObjectNode answer, Consumer<AnswerEvent> out) {
        for (JsonNode choice : answer.path("choices")) {
            int index = 0;
            for (JsonNode call : choice.path("message").path("tool_calls")) {
                if (call instanceof ObjectNode object) {
                    object.put("index", index++);
                }
            }
        }
        chunk(answer, "message", out);
        if (!over) {
            complete(out);
        }
    }

    private void chunk(JsonNode chunk, String content, Consumer<AnswerEvent> out) {
        if (chunk.hasNonNull("error")) {
            fail(ChatErrors.ofBody(GatewayError.Kind.BAD_GATEWAY.status(), chunk), out);
            return;
        }
        if (!started) {
            started = true;
            numbers.answerId = chunk.path("id").asText("");
            out.accept(new AnswerEvent.Started(
                    numbers.answerId, chunk.path("model").asText(""), Usage.UNKNOWN));
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (over) {
                return;
            }
            choice(choice, content, out);
        }
        if (!over && chunk.path("usage").isObject()) {
            out.accept(new AnswerEvent.UsageReported(ChatUsage.read(chunk.get("usage"))));
        }
    }

    private void choice(JsonNode node, String content, Consumer<AnswerEvent> out) {
        if (node.hasNonNull("error") || node.path("finish_reason").asText().equals("error")) {
            fail(ChatErrors.ofBody(GatewayError.Kind.BAD_GATEWAY.status(), node), out);
            return;
        }
        int index = node.path("index").asInt(0);
        ChatChoice choice = choices.computeIfAbsent(index, number -> new ChatChoice(number, numbers));
        choice.score(OpenAiLogprobs.read(node.path("logprobs").path("content")));
        choice.delta(node.path(content), out);
        if (node.hasNonNull("finish_reason")) {
            choice.finish(node.get("finish_reason").asText());
        }
    }

    private void complete(Consumer<AnswerEvent> out) {
        if (!choices.containsKey(0)) {
            fail(bad("The provider's answer is empty."), out);
            return;
        }
        if (choices.values().stream().anyMatch(ChatChoice::hasNamelessCall)) {
            fail(bad("The provider sent a tool call without a name."), out);
            return;
        }
        over = true;
        choices.values().forEach(choice -> choice.endBlocks(out));
        choices.values().forEach(choice -> out.accept(choice.finished()));
        out.accept(new AnswerEvent.Completed());
    }

    private void fail(GatewayError error, Consumer<AnswerEvent> out) {
        over = true;
        out.accept(new AnswerEvent.Failed(error));
    }

    private static GatewayError bad(String message) {
        return GatewayError.of(GatewayError.Kind.BAD_GATEWAY, message);
    }
}
