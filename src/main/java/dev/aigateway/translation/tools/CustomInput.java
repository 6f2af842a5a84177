package dev.aigateway.translation.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import java.util.Optional;

/**
 * Takes the free text of a custom tool out of the arguments {@code {"input":"…"}} of the function that stands in for it,
 * as the fragments arrive. Arguments of another form come out unchanged at the end. Confined to one block of one stream;
 * translation reference, section 11.4.
 */
final class CustomInput {
    static final String FIELD = "input";

    private final StringBuilder seen = new StringBuilder();
    private int valueStart = -1;
    private int given;
    private boolean foreign;

    /** The text that became certain with this fragment. */
    String feed(String fragment) {
        seen.append(fragment);
        if (foreign || !findValue()) {
            return "";
        }
        return next(decodableEnd());
    }

    /** What is left when the arguments are complete. */
    String end() {
        if (given > 0) {
            return "";
        }
        Optional<JsonNode> input =
                Json.parse(seen.toString()).filter(JsonNode::isObject).map(node -> node.path(FIELD));
        return input.filter(JsonNode::isTextual).map(JsonNode::textValue).orElse(seen.toString());
    }

    /** Where the value begins, once the text says that it is the only one of interest. */
    private boolean findValue() {
        if (valueStart >= 0) {
            return true;
        }
        String head = seen.toString().replaceAll("\\s", "");
        String wanted = "{\"" + FIELD + "\":\"";
        if (head.length() < wanted.length()) {
            foreign = !wanted.startsWith(head);
            return false;
        }
        foreign = !head.startsWith(wanted);
        if (!foreign) {
            valueStart = seen.indexOf("\"", seen.indexOf(":")) + 1;
            given = 0;
        }
        return !foreign;
    }

    /** The end of the longest part that no later fragment can change. */
    private int decodableEnd() {
        int at = valueStart + given;
        while (at < seen.length() && seen.charAt(at) != '"') {
            int next = at + 1;
            if (seen.charAt(at) == '\\') {
                next = escapeEnd(at);
            }
            if (next > seen.length()) {
                break;
            }
            at = next;
        }
        return at;
    }

    /** One past an escape; past the text when it is incomplete. A high surrogate waits for its low one. */
    private int escapeEnd(int at) {
        if (at + 1 >= seen.length() || seen.charAt(at + 1) != 'u') {
            return at + 2;
        }
        String code = seen.substring(at + 2, Math.min(at + 6, seen.length()));
        boolean highSurrogate = code.matches("[dD][89abAB][0-9a-fA-F]{2}");
        return at + (highSurrogate ? 12 : 6);
    }

    private String next(int end) {
        String quoted = "\"" + seen.substring(valueStart + given, end) + "\"";
        given = end - valueStart;
        return Json.parse(quoted).map(JsonNode::textValue).orElse("");
    }
}
