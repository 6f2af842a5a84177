package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.translation.Json;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** One output item of an upstream's stream. Confined to its decoder. */
interface DecodedItem {
    /** An event that names this item. */
    void event(String type, JsonNode event, Consumer<AnswerEvent> out);

    /**
     * The end of the item; nothing follows.
     *
     * @param item the whole item, which may hold more than the events told; missing when the upstream did not repeat it
     */
    void done(JsonNode item, Consumer<AnswerEvent> out);

    static DecodedItem of(String itemType, IntSupplier numbers) {
        return switch (itemType) {
            case "message" -> new DecodedMessage(numbers);
            case "reasoning" -> new DecodedReasoning(numbers);
            case "function_call" -> new DecodedCall(ToolKind.FUNCTION, numbers);
            case "custom_tool_call" -> new DecodedCall(ToolKind.CUSTOM, numbers);
            default -> new Hosted(numbers);
        };
    }

    /** The run of a tool that the vendor hosts: of no meaning elsewhere. */
    record Hosted(IntSupplier numbers) implements DecodedItem {
        @Override
        public void event(String type, JsonNode event, Consumer<AnswerEvent> out) {
            // Only the finished item can be replayed.
        }

        @Override
        public void done(JsonNode item, Consumer<AnswerEvent> out) {
            if (item.isObject()) {
                BlockKind kind = new BlockKind.Opaque(
                        Dialect.RESPONSES, item.path("type").asText(), Json.raw(item));
                DecodedBlock block = new DecodedBlock(numbers, kind);
                block.open(out);
                block.end(out);
            }
        }
    }
}
