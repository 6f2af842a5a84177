package dev.aigateway.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Carries a signature of one vendor through an opaque field of another vendor's dialect: {@code gw1.<vendor>.<base64url of
 * {"d":data,"i":itemId}>}. A wrapper never goes upstream (translation reference, section 9.4).
 */
public final class SignatureCarrier {
    private static final String PREFIX = "gw1.";
    /** The prefix where a dialect wants base64 (Gemini). */
    private static final String BASE64_PREFIX = "Z3cxL";

    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64_PREFIX_BYTES = BASE64_PREFIX.getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] IN_PREFIX = bytesOf(PREFIX + BASE64_PREFIX);

    private static final Pattern WRAPPER = Pattern.compile("gw1\\.[a-z]+\\.\\S*|Z3cxL[A-Za-z0-9+/=_-]*");

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

    /**
     * A body without wrappers, for an upstream that would take them for its own: what holds nothing else goes whole. The
     * same array when there is none, which is found without parsing.
     */
    public static byte[] strip(byte[] body) {
        return mayHold(body) ? Json.parse(body).map(tree -> strip(tree, body)).orElse(body) : body;
    }

    /** Whether any text begins like a wrapper; looks at every fourth byte only, and closer where it could be part of one. */
    public static boolean mayHold(byte[] body) {
        for (int i = 3; i < body.length; i += 4) {
            byte b = body[i];
            boolean part = b >= 0 && IN_PREFIX[b];
            if (part && (standsAround(body, i, PREFIX_BYTES) || standsAround(body, i, BASE64_PREFIX_BYTES))) {
                return true;
            }
        }
        return false;
    }

    private static boolean standsAround(byte[] body, int at, byte[] prefix) {
        for (int start = Math.max(0, at - prefix.length + 1); start <= at; start++) {
            if (start + prefix.length <= body.length
                    && Arrays.equals(body, start, start + prefix.length, prefix, 0, prefix.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean[] bytesOf(String text) {
        boolean[] members = new boolean[128];
        text.chars().forEach(c -> members[c] = true);
        return members;
    }

    private static byte[] strip(JsonNode tree, byte[] body) {
        JsonNode kept = stripped(tree);
        return kept.equals(tree) ? body : Json.bytes(kept);
    }

    private static JsonNode stripped(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode kept = Json.array();
            array.forEach(element -> {
                if (!isCarrier(element)) {
                    kept.add(stripped(element));
                }
            });
            return kept;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode kept = Json.object();
            object.properties().forEach(member -> {
                if (!isWrapped(member.getValue())) {
                    kept.set(member.getKey(), stripped(member.getValue()));
                }
            });
            return kept;
        }
        return node;
    }

    /** Whether an object is there for the sake of its wrapper: reasoning of some kind, in any dialect. */
    private static boolean isCarrier(JsonNode element) {
        String type = element.path("type").asText();
        return (type.contains("thinking") || type.startsWith("reasoning"))
                && element.properties().stream().anyMatch(member -> isWrapped(member.getValue()));
    }

    /** A client's own text may begin like a wrapper, but goes on in another way. */
    private static boolean isWrapped(JsonNode value) {
        return value.isTextual() && WRAPPER.matcher(value.textValue()).matches();
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
