package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.SignatureCarrier;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Signatures in {@code thoughtSignature}: Google's own as they are, those of others in their carrier, which must be
 * base64 here (translation reference, section 9.4). Stateless.
 */
public final class GeminiSignatures {
    /** What Gemini 3 takes in place of a signature that was lost. */
    public static final String BYPASS = "skip_thought_signature_validator";

    private static final String CARRIER = "gw1.";

    private GeminiSignatures() {}

    static Signature read(String text) {
        return decoded(text)
                .filter(plain -> plain.startsWith(CARRIER))
                .map(plain -> SignatureCarrier.read(plain, Vendor.OTHER))
                .orElseGet(() -> new Signature(Vendor.GOOGLE, text));
    }

    static String write(Signature signature) {
        String text = SignatureCarrier.write(signature, Vendor.GOOGLE);
        return text.startsWith(CARRIER)
                ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                : text;
    }

    /** The signature as it may go upstream: only Google's own. */
    static Optional<String> upstream(Optional<Signature> signature) {
        return signature.filter(own -> own.vendor() == Vendor.GOOGLE).map(Signature::data);
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
