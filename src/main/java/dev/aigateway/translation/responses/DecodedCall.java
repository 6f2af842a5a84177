package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.tools.CallIds;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** A call of a function or custom tool; it starts as soon as its name is known. Confined to its decoder. */
final class DecodedCall implements DecodedItem {
    private final ToolKind kind;
    private final String field;
    private final IntSupplier numbers;
    private @Nullable DecodedBlock block;

    DecodedCall(ToolKind kind, IntSupplier numbers) {
        this.kind = kind;
        this.field = kind == ToolKind.CUSTOM ? "input" : "arguments";
        this.numbers = numbers;
    }

    @Override
    public void event(String type, JsonNode event, Consumer<AnswerEvent> out) {
        if (type.equals("response.output_item.added")) {
            item(event.path("item"), out);
        } else if (block != null && type.endsWith(".delta")) {
            block.append(event.path("delta").asText(""), out);
        } else if (block != null && type.endsWith(".done")) {
            block.complete(text(event.path(field)), out);
        }
    }

    @Override
    public void done(JsonNode item, Consumer<AnswerEvent> out) {
        item(item, out);
        if (block != null) {
            block.end(out);
        }
    }

    private void item(JsonNode item, Consumer<AnswerEvent> out) {
        String name = item.path("name").asText("");
        if (block == null && !name.isEmpty()) {
            block = new DecodedBlock(numbers, new BlockKind.ToolCall(id(item, name), name, namespace(item), kind));
            block.open(out);
        }
        if (block != null) {
            block.complete(text(item.path(field)), out);
        }
    }

    private static String id(JsonNode item, String name) {
        String callId = item.path("call_id").asText("");
        String itemId = item.path("id").asText("");
        return !callId.isEmpty()
                ? callId
                : !itemId.isEmpty() ? itemId : CallIds.invented(name + "\n" + Json.text(item));
    }

    private static Optional<String> namespace(JsonNode item) {
        return Optional.ofNullable(item.path("namespace").textValue()).filter(name -> !name.isEmpty());
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? Json.text(value) : value.asText("");
    }
}
