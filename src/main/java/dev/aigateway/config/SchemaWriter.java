package dev.aigateway.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes what was read as JSON Schema (2020-12). Groups of known keys become definitions, called by their key. Any value
 * may come from a variable, and a key without a value counts as not set. Used by one thread.
 */
final class SchemaWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String VARIABLE = "variable";
    private static final String UNSET = "unset";

    private final SortedMap<String, ObjectNode> definitions = new TreeMap<>();

    SchemaWriter() {
        ObjectNode variable = type("string").put("pattern", "\\$\\{[^}:]+(:[^}]*)?\\}");
        definitions.put(VARIABLE, variable);
        definitions.put(UNSET, anyOf(List.of(type("null"), reference(VARIABLE))));
    }

    /** To be called last. */
    ObjectNode definitions() {
        ObjectNode all = JSON.objectNode();
        definitions.forEach(all::set);
        return all;
    }

    /** What may stand at a key. */
    ObjectNode value(KeyTree tree) {
        return oneOf(tree, UNSET);
    }

    private ObjectNode oneOf(KeyTree tree, String otherwise) {
        List<ObjectNode> alternatives = new ArrayList<>();
        tree.forms().forEach(form -> alternatives.add(form(form)));
        tree.entry().ifPresent(entry -> alternatives.add(array(entry)));
        if (tree.isFreeGroup()) {
            alternatives.add(type("object"));
        }
        if (tree.isGroup()) {
            alternatives.add(group(tree));
        }
        alternatives.add(reference(otherwise));
        return anyOf(alternatives);
    }

    private ObjectNode array(KeyTree entry) {
        ObjectNode array = type("array");
        array.set("items", oneOf(entry, VARIABLE));
        return array;
    }

    private ObjectNode group(KeyTree tree) {
        ObjectNode object = type("object");
        if (!tree.keys().isEmpty()) {
            ObjectNode properties = object.putObject("properties");
            tree.keys().forEach((name, below) -> properties.set(name, value(below)));
        }
        tree.anyName()
                .ifPresentOrElse(
                        any -> object.set("additionalProperties", value(any)),
                        () -> object.put("additionalProperties", false));
        return tree.keys().isEmpty() ? object : defined(tree, object);
    }

    /** Two groups may have the same key; when they differ, the whole path tells them apart. */
    private ObjectNode defined(KeyTree tree, ObjectNode object) {
        List<String> names = tree.names();
        String name = names.isEmpty() ? ConfigFile.ROOT_KEY : names.getLast();
        ObjectNode known = definitions.putIfAbsent(name, object);
        if (known == null || known.equals(object)) {
            return reference(name);
        }
        String whole = String.join(".", names);
        definitions.put(whole, object);
        return reference(whole);
    }

    private static ObjectNode form(ValueForm form) {
        return switch (form) {
            case ValueForm.Bool ignored -> type("boolean");
            case ValueForm.Word word -> {
                ObjectNode schema = JSON.objectNode();
                ArrayNode words = schema.putArray("enum");
                word.words().forEach(words::add);
                yield schema;
            }
            case ValueForm.Whole whole ->
                type("integer").put("minimum", whole.least()).put("maximum", whole.most());
            case ValueForm.Decimal decimal ->
                type("number").put("minimum", decimal.least()).put("maximum", decimal.most());
            case ValueForm.Text text -> text(text);
        };
    }

    /** Whatever YAML takes the text for: what is written as a number may be a name. */
    private static ObjectNode text(ValueForm.Text text) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode types = schema.putArray("type").add("string");
        if (text.fits("1")) {
            types.add("number");
        }
        if (text.fits("true")) {
            types.add("boolean");
        }
        schema.put("pattern", text.pattern());
        if (text.fits("1") && !text.fits("0")) {
            schema.put("exclusiveMinimum", 0);
        }
        if (!text.examples().isEmpty()) {
            text.examples().forEach(schema.putArray("examples")::add);
        }
        boolean zero = text.fits("0") && !text.fits("1");
        return zero ? anyOf(List.of(schema, JSON.objectNode().put("const", 0))) : schema;
    }

    private static ObjectNode anyOf(List<ObjectNode> alternatives) {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("anyOf").addAll(alternatives);
        return schema;
    }

    private static ObjectNode reference(String definition) {
        return JSON.objectNode().put("$ref", "#/$defs/" + definition);
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }
}
