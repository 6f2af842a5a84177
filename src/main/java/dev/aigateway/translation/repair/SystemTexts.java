package dev.aigateway.translation.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.Json;
import java.util.Set;

/**
 * Gives instructions to a model as the user's words. A neighbouring message of the user takes them in, since models that
 * know no system role often insist on turns that alternate too (translation reference, section 15.6).
 */
final class SystemTexts {
    private static final Set<String> ROLES = Set.of("system", "developer");
    private static final String USER = "user";

    private SystemTexts() {}

    static boolean toUser(Dialect upstream, ObjectNode body) {
        return switch (upstream) {
            case CHAT, COMPLETIONS, MESSAGES -> ofMessages(body);
            case RESPONSES -> ofItems(body.path("input"));
            case GEMINI -> ofGemini(body);
        };
    }

    private static boolean ofMessages(ObjectNode body) {
        if (!(body.path("messages") instanceof ArrayNode messages)) {
            return false;
        }
        ArrayNode kept = Json.array();
        boolean changed = false;
        boolean lastWasSystem = false;
        for (JsonNode message : messages) {
            boolean system = isSystem(message);
            boolean joins =
                    (system || lastWasSystem) && isUser(kept.path(kept.size() - 1)) && (system || isUser(message));
            if (joins) {
                ObjectNode last = (ObjectNode) kept.get(kept.size() - 1);
                last.set("content", joined(last.path("content"), message.path("content")));
            } else {
                kept.add(system ? ((ObjectNode) message).put("role", USER) : message);
            }
            changed |= system;
            lastWasSystem = system;
        }
        messages.removeAll().addAll(kept);
        return changed;
    }

    private static boolean ofItems(JsonNode items) {
        boolean changed = false;
        for (JsonNode item : items) {
            if (isSystem(item)) {
                ((ObjectNode) item).put("role", USER);
                changed = true;
            }
        }
        return changed;
    }

    private static boolean ofGemini(ObjectNode body) {
        String name = Spelling.of("systemInstruction", body).orElse("systemInstruction");
        JsonNode texts = body.path(name).path("parts");
        if (!(body.path("contents") instanceof ArrayNode contents) || texts.isEmpty()) {
            return false;
        }
        body.remove(name);
        JsonNode first = contents.path(0);
        ArrayNode parts = Json.array();
        texts.forEach(parts::add);
        if (first instanceof ObjectNode content
                && first.path("role").asText(USER).equals(USER)) {
            content.path("parts").forEach(parts::add);
            content.set("parts", parts);
        } else {
            contents.insertObject(0).put("role", USER).set("parts", parts);
        }
        return true;
    }

    /** Two contents, texts or lists of parts, one after the other. */
    private static JsonNode joined(JsonNode first, JsonNode second) {
        if (first.isTextual() && second.isTextual()) {
            return Json.object().textNode(first.textValue() + "\n\n" + second.textValue());
        }
        ArrayNode parts = Json.array();
        add(first, parts);
        add(second, parts);
        return parts;
    }

    private static void add(JsonNode content, ArrayNode parts) {
        if (content.isTextual()) {
            parts.addObject().put("type", "text").put("text", content.textValue());
        } else {
            content.forEach(parts::add);
        }
    }

    private static boolean isSystem(JsonNode message) {
        return message.isObject() && ROLES.contains(message.path("role").asText());
    }

    private static boolean isUser(JsonNode message) {
        return message.isObject() && message.path("role").asText().equals(USER);
    }
}
