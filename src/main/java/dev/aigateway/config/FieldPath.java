package dev.aigateway.config;

import java.util.ArrayList;
import java.util.List;

/**
 * How rules say where a field stands: names with dots between them, from the outside in. A backslash before any character
 * takes it as part of the name. Whether a number is a name or an index depends on what the body has there.
 */
final class FieldPath {
    private static final String FORM = "must be names with dots between them, such as generationConfig.temperature"
            + " or tools.0.strict, with \\. for a dot that belongs to a name";

    private FieldPath() {}

    static List<String> parse(String text) throws BadValueException {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                add(name, names);
            } else if (c == '\\') {
                i++;
                name.append(escaped(text, i));
            } else if ("[]*?#$/|@\" ".indexOf(c) >= 0) {
                throw new BadValueException(FORM);
            } else {
                name.append(c);
            }
        }
        add(name, names);
        return names;
    }

    /** What somebody meant who writes paths as other languages do; empty when that is no better. */
    static String suggestion(String text) {
        String plain = text.replaceFirst("^\\$?[./]", "")
                .replaceAll("\\[['\"]?([^\\]'\"]+)['\"]?]", ".$1")
                .replace('/', '.')
                .replaceAll("\\.{2,}", ".")
                .replaceFirst("\\.$", "");
        try {
            parse(plain);
            return Suggestion.question(plain);
        } catch (BadValueException e) {
            return "";
        }
    }

    private static char escaped(String text, int at) throws BadValueException {
        if (at == text.length()) {
            throw new BadValueException(FORM);
        }
        return text.charAt(at);
    }

    private static void add(StringBuilder name, List<String> names) throws BadValueException {
        if (name.isEmpty()) {
            throw new BadValueException(FORM);
        }
        names.add(name.toString());
        name.setLength(0);
    }
}
