package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Signature;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Reasoning: one thinking block out of the parts of a summary or, where a vendor shows it, of the raw text; whichever comes
 * first. The encrypted form is whole only at the end. Confined to its decoder.
 */
final class DecodedReasoning implements DecodedItem {
    private static final String SUMMARY = "response.reasoning_summary_text.";
    private static final String RAW = "response.reasoning_text.";

    private final DecodedBlock block;
    private String source = "";
    private int part;

    DecodedReasoning(IntSupplier numbers) {
        block = new DecodedBlock(numbers, new BlockKind.Thinking());
    }

    @Override
    public void event(String type, JsonNode event, Consumer<AnswerEvent> out) {
        String family = type.startsWith(SUMMARY) ? SUMMARY : type.startsWith(RAW) ? RAW : "";
        String text = event.path("delta").asText("");
        if (family.isEmpty() || text.isEmpty() || !(source.isEmpty() || source.equals(family))) {
            return;
        }
        source = family;
        int index = event.path(family.equals(SUMMARY) ? "summary_index" : "content_index")
                .asInt(0);
        if (index != part && !block.isEmpty()) {
            block.append(ResponsesReasoning.SEPARATOR, out);
        }
        part = index;
        block.append(text, out);
    }

    @Override
    public void done(JsonNode item, Consumer<AnswerEvent> out) {
        String summary = joined(item.path("summary"));
        boolean raw = source.equals(RAW) || summary.isEmpty();
        block.complete(raw ? joined(item.path("content")) : summary, out);
        String encrypted = item.path("encrypted_content").asText("");
        if (!encrypted.isEmpty()) {
            Optional<String> id = Optional.ofNullable(item.path("id").textValue());
            Signature signature = ResponsesReasoning.signature(encrypted, id);
            out.accept(new AnswerEvent.Signed(block.open(out), signature));
        }
        block.end(out);
    }

    private static String joined(JsonNode parts) {
        return parts.valueStream()
                .map(part -> part.path("text").asText(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(ResponsesReasoning.SEPARATOR));
    }
}
