package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.SignatureCarrier;
import dev.aigateway.translation.tools.CallIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of streamed tool calls together, as servers really send them: without an index, with an index used
 * twice, with the name late or repeated empty (translation reference, section 14.2, step 5). Confined to its choice.
 */
final class ChatToolCalls {
    private final int choice;
    private final ChatDecoder.BlockNumbers numbers;
    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Call> byIndex = new HashMap<>();

    private static final class Call {
        private String id = "";
        private String name = "";
        private ToolKind kind = ToolKind.FUNCTION;
        private int block = -1;
        private final StringBuilder waiting = new StringBuilder();
        private @Nullable Signature signature;
    }

    ChatToolCalls(int choice, ChatDecoder.BlockNumbers numbers) {
        this.choice = choice;
        this.numbers = numbers;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    boolean hasNameless() {
        return calls.stream().anyMatch(call -> call.block < 0);
    }

    void fragment(JsonNode fragment, Consumer<AnswerEvent> out) {
        Call call = call(fragment);
        if (call.id.isEmpty()) {
            call.id = fragment.path("id").asText("");
        }
        JsonNode thought = fragment.path("extra_content").path("google").path("thought_signature");
        if (thought.isTextual()) {
            call.signature = SignatureCarrier.read(thought.textValue(), Vendor.GOOGLE);
        }
        if (fragment.path("custom").isObject()) {
            call.kind = ToolKind.CUSTOM;
            append(call, fragment.get("custom"), "input", out);
        } else {
            append(call, fragment.path("function"), "arguments", out);
        }
    }

    /** The one call of the deprecated form. */
    void legacy(JsonNode fragment, Consumer<AnswerEvent> out) {
        append(byIndex.computeIfAbsent(0, ignored -> add()), fragment, "arguments", out);
    }

    void end(Consumer<AnswerEvent> out) {
        for (Call call : calls) {
            if (call.signature != null) {
                out.accept(new AnswerEvent.Signed(call.block, call.signature));
            }
            out.accept(new AnswerEvent.BlockEnded(call.block));
        }
    }

    private Call call(JsonNode fragment) {
        String id = fragment.path("id").asText("");
        if (!fragment.path("index").isInt()) {
            return unindexed(id);
        }
        int index = fragment.get("index").intValue();
        Call known = byIndex.get(index);
        boolean reused = known != null && !id.isEmpty() && !known.id.isEmpty() && !known.id.equals(id);
        if (known == null || reused) {
            known = add();
            byIndex.put(index, known);
        }
        return known;
    }

    private Call unindexed(String id) {
        if (id.isEmpty()) {
            return calls.isEmpty() ? add() : calls.getLast();
        }
        return calls.stream().filter(call -> call.id.equals(id)).findFirst().orElseGet(this::add);
    }

    private Call add() {
        Call call = new Call();
        calls.add(call);
        return call;
    }

    private void append(Call call, JsonNode named, String field, Consumer<AnswerEvent> out) {
        if (call.name.isEmpty()) {
            call.name = named.path("name").asText("");
        }
        JsonNode value = named.path(field);
        if (!value.isMissingNode() && !value.isNull()) {
            call.waiting.append(ChatToolReader.arguments(value));
        }
        if (call.name.isEmpty()) {
            return;
        }
        if (call.block < 0) {
            start(call, out);
        }
        if (!call.waiting.isEmpty()) {
            out.accept(new AnswerEvent.Delta(call.block, call.waiting.toString()));
            call.waiting.setLength(0);
        }
    }

    private void start(Call call, Consumer<AnswerEvent> out) {
        call.block = numbers.take();
        if (call.id.isEmpty()) {
            call.id = CallIds.invented(numbers.seed(call.block));
        }
        out.accept(new AnswerEvent.BlockStarted(
                call.block, choice, new BlockKind.ToolCall(call.id, call.name, Optional.empty(), call.kind)));
    }
}
