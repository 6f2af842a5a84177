package dev.aigateway.translation.responses;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.SignatureCarrier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reasoning items: their text, and {@code encrypted_content}, the opaque field that also carries other vendors' signatures
 * to the client and back (translation reference, sections 9.2 and 9.4). Stateless.
 */
final class ResponsesReasoning {
    /** Stands in the place of an item id and says that the data is a redacted block, not the signature of a text. */
    private static final String REDACTED = "redacted";

    /** Between the parts of a summary. */
    static final String SEPARATOR = "\n\n";

    private ResponsesReasoning() {}

    /** The block of a reasoning item in the history; empty when the item says nothing. */
    static Optional<Block> read(JsonFields item) {
        Optional<Signature> signature = item.text("encrypted_content")
                .filter(value -> !value.isEmpty())
                .map(value -> signature(value, item.text("id")));
        if (signature.isPresent() && signature.get().itemId().equals(Optional.of(REDACTED))) {
            return signature.map(data -> new Block.RedactedThinking(data.vendor(), data.data()));
        }
        String summary = texts(item, "summary");
        String text = summary.isEmpty() ? texts(item, "content") : summary;
        return text.isEmpty() && signature.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Thinking(text, signature));
    }

    /** A signature as {@code encrypted_content}. */
    static String encrypted(Signature signature) {
        return SignatureCarrier.write(signature, Vendor.OPENAI);
    }

    static String redacted(Vendor vendor, String data) {
        return encrypted(new Signature(vendor, data, Optional.of(REDACTED)));
    }

    /** The signature of a tool call, which has no field of its own, as {@code encrypted_content}. */
    static String ofCall(String callId, Signature signature) {
        return encrypted(new Signature(signature.vendor(), signature.data(), Optional.of(callId)));
    }

    /** Encrypted reasoning of the upstream; the id goes back with it. */
    static Signature signature(String encrypted, Optional<String> itemId) {
        Signature signature = SignatureCarrier.read(encrypted, Vendor.OPENAI);
        return signature.vendor() == Vendor.OPENAI && signature.itemId().isEmpty()
                ? new Signature(Vendor.OPENAI, encrypted, itemId.filter(id -> !id.isEmpty()))
                : signature;
    }

    private static String texts(JsonFields item, String field) {
        List<JsonFields.Element> parts = item.array(field);
        return parts.stream()
                .map(part -> part.fields().text("text").orElse(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(SEPARATOR));
    }
}
