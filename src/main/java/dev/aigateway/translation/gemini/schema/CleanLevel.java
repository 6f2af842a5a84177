package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Collects one level of a cleaned schema, word by word (translation reference, section 8.2, steps 5 to 14). Confined to
 * its cleaner.
 */
final class CleanLevel {
    private static final Set<String> FORMATS = Set.of("enum", "date-time", "int32", "int64", "float", "double");

    /** What limits are called where they can only be told. */
    private static final Map<String, String> LIMITS = Map.of(
            "pattern", "pattern",
            "minimum", "minimum",
            "maximum", "maximum",
            "minLength", "min length",
            "maxLength", "max length",
            "minItems", "min items",
            "maxItems", "max items");

    private final ObjectNode out = Json.object();
    private final ObjectNode properties = Json.object();
    private final Set<String> hints = new LinkedHashSet<>();
    private final SchemaCleaner cleaner;
    private String type;

    /** @param type empty where alternatives say it */
    CleanLevel(SchemaCleaner cleaner, String type) {
        this.cleaner = cleaner;
        this.type = type;
        if (!type.isEmpty()) {
            out.put("type", type);
        }
    }

    void word(String word, JsonNode value) {
        switch (word) {
            case "title", "description" -> {
                if (value.isTextual()) {
                    out.set(word, value);
                }
            }
            case "nullable", "example", "minProperties", "maxProperties", "propertyOrdering" -> out.set(word, value);
            case "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems" ->
                limit(word, value);
            case "anyOf" -> anyOf("anyOf", value, out);
            case "enum" -> constants(value);
            case "const" -> constants(Json.array().add(value));
            case "items", "prefixItems" -> items(value);
            case "exclusiveMinimum" -> bound("minimum", "greater than ", BigDecimal.ONE, value);
            case "exclusiveMaximum" -> bound("maximum", "less than ", BigDecimal.ONE.negate(), value);
            case "format" -> format(value.asText());
            case "default" -> hints.add("default: " + text(value));
            default -> {}
        }
    }

    void property(String name, ObjectNode schema) {
        properties.set(name, schema);
    }

    void required(Set<String> names) {
        ArrayNode known = Json.array();
        names.stream().filter(properties::has).forEach(known::add);
        if (!properties.isEmpty()) {
            out.set("properties", properties);
        }
        if (!known.isEmpty()) {
            out.set("required", known);
        }
    }

    ObjectNode finished() {
        if (type.equals("array") && !out.has("items")) {
            out.putObject("items").put("type", "string");
        }
        if (!hints.isEmpty()) {
            String hint = "(" + String.join("; ", hints) + ")";
            String said = out.path("description").asText("");
            out.put("description", said.isEmpty() ? hint : said + " " + hint);
        }
        return out;
    }

    private void items(JsonNode value) {
        if (value.isArray()) {
            ObjectNode items = Json.object();
            anyOf("anyOf", value, items);
            boolean one = items.path("anyOf").size() == 1;
            out.set("items", one ? items.get("anyOf").get(0) : items);
        } else if (!out.has("items")) {
            out.set("items", cleaner.level(value));
        }
    }

    private void anyOf(String word, JsonNode branches, ObjectNode into) {
        Set<JsonNode> cleaned = new LinkedHashSet<>();
        branches.forEach(branch -> cleaned.add(cleaner.level(branch)));
        into.putArray(word).addAll(cleaned);
    }

    /** Gemini's enums are texts only. */
    private void constants(JsonNode values) {
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode value : values) {
            if (value.isNull()) {
                out.put("nullable", true);
            } else {
                if (!value.isTextual()) {
                    hints.add("one of the values as a string");
                }
                texts.add(text(value));
            }
        }
        texts.remove("");
        if (texts.isEmpty()) {
            return;
        }
        type = "string";
        out.put("type", type);
        ArrayNode words = out.putArray("enum");
        texts.forEach(words::add);
    }

    private void limit(String word, JsonNode value) {
        if (cleaner.bounds() == SchemaCleaner.Bounds.KEPT) {
            out.set(word, value);
        } else {
            hints.add(LIMITS.get(word) + " " + text(value));
        }
    }

    private void bound(String word, String hint, BigDecimal step, JsonNode value) {
        if (!value.isNumber()) {
            return;
        }
        if (type.equals("integer")) {
            limit(word, out.numberNode(value.decimalValue().add(step)));
        } else {
            hints.add(hint + value.asText());
        }
    }

    private void format(String format) {
        if (FORMATS.contains(format)) {
            out.put("format", format);
        } else {
            hints.add("format: " + format);
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : Json.text(value);
    }
}
