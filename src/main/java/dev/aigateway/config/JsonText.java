package dev.aigateway.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Any value of the file as JSON. What is written without quotes and looks like a number, {@code true} or {@code false} in
 * JSON is that, digit for digit; everything else is a text.
 */
final class JsonText {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private JsonText() {}

    static String of(Node node) throws BadValueException {
        return switch (node) {
            case Node.Text text ->
                text.quoted() ? string(text.text()) : plain(text.text().trim());
            case Node.Nothing ignored -> "null";
            case Node.Items items -> array(items.items());
            case Node.Keys keys -> object(keys.keys());
            case Node.Unset unset -> throw new BadValueException(Section.needs(unset.variable()));
            case Node.Variables ignored -> throw new BadValueException("must be written as one value");
        };
    }

    private static String plain(String text) {
        boolean literal = text.equals("true") || text.equals("false") || text.equals("null");
        return literal || NUMBER.matcher(text).matches() ? text : string(text);
    }

    private static String array(List<Node> items) throws BadValueException {
        List<String> elements = new ArrayList<>();
        for (Node item : items) {
            elements.add(of(item));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private static String object(Map<String, Node> keys) throws BadValueException {
        List<String> members = new ArrayList<>();
        for (Map.Entry<String, Node> key : keys.entrySet()) {
            members.add(string(key.getKey()) + ":" + of(key.getValue()));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String string(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
