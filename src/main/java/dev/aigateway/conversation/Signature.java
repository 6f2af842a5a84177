package dev.aigateway.conversation;

import java.util.Optional;

/**
 * An opaque proof that a vendor attaches to its reasoning and wants back unchanged: an Anthropic signature, a Gemini
 * thought signature, or OpenAI encrypted reasoning.
 *
 * @param vendor who issued it
 * @param data the token, byte for byte
 * @param itemId the reasoning item it belongs to (Responses only)
 */
public record Signature(Vendor vendor, String data, Optional<String> itemId) {
    public Signature(Vendor vendor, String data) {
        this(vendor, data, Optional.empty());
    }
}
