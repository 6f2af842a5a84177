package dev.aigateway.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Carries a signature of one vendor through an opaque field of another vendor's dialect: {@code gw1.<vendor>.<base64url of
 * {"d":data,"i":itemId}>}. A wrapper never goes upstream (translation reference, section 9.4).
 */
public final class SignatureCarrier {
    private static final String PREFIX = "gw1.";

    private SignatureCarrier() {}

    /** What to write into an opaque field that is native to {@code home}: its own data bare, any other wrapped. */
    public static String write(Signature signature, Vendor home) {
        return signature.vendor() == home && signature.itemId().isEmpty() ? signature.data() : wrap(signature);
    }

    /** Reads such a field; what is not wrapped belongs to {@code home}. */
    public static Signature read(String text, Vendor home) {
        return text.startsWith(PREFIX)
                ? unwrap(text).orElse(new Signature(Vendor.OTHER, text))
                : new Signature(home, text);
    }

    private static String wrap(Signature signature) {
        ObjectNode content = Json.object().put("d", signature.data());
        signature.itemId().ifPresent(id -> content.put("i", id));
        return PREFIX
                + signature.vendor().name().toLowerCase(Locale.ROOT)
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(content));
    }

    /** Empty when a client has damaged the wrapper. */
    private static Optional<Signature> unwrap(String text) {
        String[] parts = text.substring(PREFIX.length()).split("\\.", 2);
        try {
            Vendor vendor = Vendor.valueOf(parts[0].toUpperCase(Locale.ROOT));
            String json = new String(Base64.getUrlDecoder().decode(parts[parts.length - 1]), StandardCharsets.UTF_8);
            return Json.parse(json)
                    .filter(node -> node.path("d").isTextual())
                    .map(node -> new Signature(
                            vendor,
                            node.get("d").textValue(),
                            Optional.ofNullable(node.get("i")).map(JsonNode::asText)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
