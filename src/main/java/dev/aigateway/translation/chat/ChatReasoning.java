package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.SignatureCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The extensions in which Chat carries reasoning: its text in {@code reasoning_content}, and what must come back with a
 * signature in {@code reasoning_details} (translation reference, sections 9.2 and 9.4). Stateless.
 */
final class ChatReasoning {
    private static final String TEXT = "reasoning.text";
    private static final String ENCRYPTED = "reasoning.encrypted";

    private ChatReasoning() {}

    /** The reasoning of an earlier answer that a client gives back. */
    static List<Block> history(JsonFields message) {
        List<Block> blocks = new ArrayList<>();
        message.array("reasoning_details")
                .forEach(detail -> detail(detail.fields()).ifPresent(blocks::add));
        Optional<String> text = message.text("reasoning_content").or(() -> message.text("reasoning"));
        boolean hasText = blocks.stream().anyMatch(block -> block instanceof Block.Thinking);
        if (!hasText) {
            text.filter(value -> !value.isEmpty())
                    .ifPresent(value -> blocks.addFirst(new Block.Thinking(value, Optional.empty())));
        }
        return blocks;
    }

    static ObjectNode signed(String text, Signature signature, int index) {
        return Json.object()
                .put("type", TEXT)
                .put("text", text)
                .put("signature", SignatureCarrier.write(signature, Vendor.OTHER))
                .put("index", index);
    }

    static ObjectNode redacted(Vendor vendor, String data, int index) {
        return Json.object()
                .put("type", ENCRYPTED)
                .put("data", SignatureCarrier.write(new Signature(vendor, data), Vendor.OTHER))
                .put("index", index);
    }

    private static Optional<Block> detail(JsonFields detail) {
        String type = detail.text("type").orElse("");
        return switch (type) {
            case TEXT -> {
                Optional<Signature> signature = detail.text("signature")
                        .filter(value -> !value.isEmpty())
                        .map(value -> SignatureCarrier.read(value, Vendor.OTHER));
                String text = detail.text("text").orElse("");
                yield text.isEmpty() && signature.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Block.Thinking(text, signature));
            }
            case ENCRYPTED ->
                detail.text("data").map(value -> {
                    Signature data = SignatureCarrier.read(value, Vendor.OTHER);
                    return new Block.RedactedThinking(data.vendor(), data.data());
                });
            default -> Optional.empty();
        };
    }
}
