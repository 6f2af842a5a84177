package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.translation.Json;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Requests may spell field names with underscores; here they get their usual spelling. The client's own data stays. */
final class CamelCase {
    /** Fields whose value has names of the client's choosing. */
    private static final Set<String> DATA = Set.of(
            "args",
            "response",
            "labels",
            "parameters",
            "parametersJsonSchema",
            "responseSchema",
            "responseJsonSchema",
            "_responseJsonSchema");

    private static final Pattern JOINT = Pattern.compile("(?<=[a-z0-9])_([a-z])");

    private CamelCase() {}

    static ObjectNode of(ObjectNode node) {
        ObjectNode copy = Json.object();
        node.properties().forEach(entry -> {
            String name = JOINT.matcher(entry.getKey())
                    .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
            copy.set(name, DATA.contains(name) ? entry.getValue() : value(entry.getValue()));
        });
        return copy;
    }

    private static JsonNode value(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> of(object);
            case ArrayNode array -> {
                ArrayNode copy = Json.array();
                array.forEach(element -> copy.add(value(element)));
                yield copy;
            }
            default -> value;
        };
    }
}
