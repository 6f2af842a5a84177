package dev.aigateway.translation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * JSON trees for the translation lane. Numbers keep their value and scale exactly, keys their order. The express lane
 * never comes here.
 */
public final class Json {
    /** Body size is limited before parsing, so a string may be as long as a body. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNestingDepth(500)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(LIMITS)
                    // An emoji goes out as it came in, not as two escapes.
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private Json() {}

    /**
     * Parses a client's request body.
     *
     * @throws dev.aigateway.conversation.GatewayException a 400 that says where the JSON breaks
     */
    public static ObjectNode request(byte[] body) {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw GatewayError.of(GatewayError.Kind.BAD_REQUEST, "The request body is not valid JSON: " + where(e))
                    .toException();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw GatewayError.of(GatewayError.Kind.BAD_REQUEST, "The request body must be a JSON object.")
                .toException();
    }

    /** Parses what may or may not be JSON; empty when it is not. */
    public static Optional<JsonNode> parse(byte[] body, int offset, int length) {
        try {
            JsonNode node = MAPPER.readTree(body, offset, length);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public static Optional<JsonNode> parse(byte[] body) {
        return parse(body, 0, body.length);
    }

    public static Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The tree of a value that is known to be well-formed. */
    public static JsonNode tree(RawJson raw) {
        return parse(raw.text()).orElseThrow(() -> new IllegalArgumentException("not a JSON value: " + raw.text()));
    }

    public static RawJson raw(JsonNode node) {
        return new RawJson(text(node));
    }

    /** The value as a node that is written exactly as its text; its inside cannot be read. */
    public static JsonNode verbatim(RawJson raw) {
        return MAPPER.getNodeFactory().rawValueNode(new RawValue(raw.text()));
    }

    /** Compact text, keys in their order. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compact UTF-8. */
    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    private static String where(JsonProcessingException e) {
        var location = e.getLocation();
        String reason = e.getOriginalMessage();
        return location == null
                ? reason
                : "line %d, column %d: %s".formatted(location.getLineNr(), location.getColumnNr(), reason);
    }
}
