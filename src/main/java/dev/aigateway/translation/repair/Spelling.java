package dev.aigateway.translation.repair;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names in camel and in snake case; Gemini takes both for the same. Pure functions. */
final class Spelling {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])[A-Z]");
    private static final Pattern BAR = Pattern.compile("_([a-z0-9])");

    private Spelling() {}

    static String snake(String name) {
        return HUMP.matcher(name).replaceAll(match -> "_" + match.group().toLowerCase(Locale.ROOT));
    }

    static String camel(String name) {
        return BAR.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    /** How an object spells one of its members; empty when it has none such. */
    static Optional<String> of(String camel, JsonNode object) {
        if (object.has(camel)) {
            return Optional.of(camel);
        }
        return Optional.of(snake(camel)).filter(object::has);
    }
}
