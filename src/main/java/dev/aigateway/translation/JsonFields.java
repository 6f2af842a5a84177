package dev.aigateway.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.RawJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Typed access to the fields of a client's JSON object. Every getter names the field's full path in its error, treats an
 * explicit {@code null} as absence, and remembers that the field was read, so that {@link #rest()} is what nobody asked
 * for. Confined to one request.
 */
public final class JsonFields {
    private final ObjectNode node;
    private final String path;
    private final Set<String> read = new HashSet<>();

    private JsonFields(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The fields of a whole request. */
    public static JsonFields root(ObjectNode node) {
        return new JsonFields(node, "");
    }

    /** The fields of {@code value}, which stands at {@code path}; a 400 when it is no object. */
    public static JsonFields at(JsonNode value, String path) {
        if (value instanceof ObjectNode object) {
            return new JsonFields(object, path);
        }
        throw wrongType(path, "an object", value);
    }

    /** Where this object stands in the request; empty for the root. */
    public String path() {
        return path;
    }

    /** The full path of a field, as errors print it. */
    public String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    public boolean has(String field) {
        return value(field).isPresent();
    }

    /** The raw value; empty when absent or null. */
    public Optional<JsonNode> value(String field) {
        read.add(field);
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    public Optional<RawJson> raw(String field) {
        return value(field).map(Json::raw);
    }

    public Optional<String> text(String field) {
        return value(field).map(value -> textOf(value, path(field)));
    }

    /** A text that must be there. */
    public String requiredText(String field) {
        return text(field).orElseThrow(() -> missing(field));
    }

    public boolean flag(String field) {
        return optionalFlag(field).orElse(false);
    }

    public Optional<Boolean> optionalFlag(String field) {
        return value(field).map(value -> {
            if (!value.isBoolean()) {
                throw wrongType(path(field), "true or false", value);
            }
            return value.booleanValue();
        });
    }

    public Optional<BigDecimal> decimal(String field) {
        return value(field).map(value -> {
            if (!value.isNumber()) {
                throw wrongType(path(field), "a number", value);
            }
            return value.decimalValue();
        });
    }

    /** A number inside {@code [least, greatest]}. */
    public Optional<BigDecimal> decimal(String field, String least, String greatest) {
        Optional<BigDecimal> value = decimal(field);
        value.filter(v -> v.compareTo(new BigDecimal(least)) < 0 || v.compareTo(new BigDecimal(greatest)) > 0)
                .ifPresent(v -> {
                    throw bad(field, "must be between " + least + " and " + greatest + ", not " + v);
                });
        return value;
    }

    public OptionalInt integer(String field, int least) {
        Optional<JsonNode> value = value(field);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!value.get().isIntegralNumber() || !value.get().canConvertToInt()) {
            throw wrongType(path(field), "a whole number", value.get());
        }
        if (value.get().intValue() < least) {
            throw bad(
                    field, "must be at least " + least + ", not " + value.get().intValue());
        }
        return OptionalInt.of(value.get().intValue());
    }

    public OptionalLong longInteger(String field) {
        Optional<JsonNode> value = value(field);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.get().isIntegralNumber() || !value.get().canConvertToLong()) {
            throw wrongType(path(field), "a whole number", value.get());
        }
        return OptionalLong.of(value.get().longValue());
    }

    /** The fields of a nested object. */
    public Optional<JsonFields> object(String field) {
        return value(field).map(value -> at(value, path(field)));
    }

    public JsonFields requiredObject(String field) {
        return object(field).orElseThrow(() -> missing(field));
    }

    /** The elements of an array; empty when absent. */
    public List<Element> array(String field) {
        return value(field).map(value -> elements(value, path(field))).orElse(List.of());
    }

    /** An array of texts; empty when absent. */
    public List<String> texts(String field) {
        return array(field).stream().map(Element::text).toList();
    }

    /** The object itself, for what is replayed whole. */
    public RawJson raw() {
        return Json.raw(node);
    }

    public JsonNode node() {
        return node;
    }

    /** The fields that were not read so far and are not null, in order. */
    public SequencedMap<String, RawJson> rest() {
        SequencedMap<String, RawJson> rest = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (!read.contains(entry.getKey()) && !entry.getValue().isNull()) {
                rest.put(entry.getKey(), Json.raw(entry.getValue()));
            }
        });
        return rest;
    }

    public GatewayException missing(String field) {
        return GatewayError.badField(path(field), "is required").toException();
    }

    public GatewayException bad(String field, String message) {
        return GatewayError.badField(path(field), message).toException();
    }

    /** The elements of {@code value}, which stands at {@code path}; a 400 when it is no array. */
    public static List<Element> elements(JsonNode value, String path) {
        if (!(value instanceof ArrayNode array)) {
            throw wrongType(path, "an array", value);
        }
        List<Element> elements = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            elements.add(new Element(array.get(i), path + "[" + i + "]"));
        }
        return elements;
    }

    /** One element of an array and where it stands. */
    public record Element(JsonNode value, String path) {
        public JsonFields fields() {
            return at(value, path);
        }

        public String text() {
            return textOf(value, path);
        }

        public boolean isText() {
            return value.isTextual();
        }
    }

    private static String textOf(JsonNode value, String path) {
        if (!value.isTextual()) {
            throw wrongType(path, "a string", value);
        }
        return value.textValue();
    }

    public static GatewayException wrongType(String path, String wanted, JsonNode found) {
        String kind = found.getNodeType() == JsonNodeType.MISSING
                ? "nothing"
                : found.getNodeType().name().toLowerCase(Locale.ROOT);
        return GatewayError.badField(path, "must be " + wanted + ", not " + kind)
                .toException();
    }
}
