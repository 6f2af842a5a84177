package dev.aigateway.translation.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.Json;
import java.util.Set;
import java.util.function.Predicate;

/** Takes the thinking of earlier turns out of a request (translation reference, section 9.5). */
final class ThinkingHistory {
    private static final Set<String> BLOCKS = Set.of("thinking", "redacted_thinking");
    private static final Set<String> CHAT_MEMBERS =
            Set.of("reasoning_content", "reasoning", "reasoning_details", "thinking_blocks");

    private ThinkingHistory() {}

    static boolean drop(Dialect upstream, ObjectNode body) {
        return switch (upstream) {
            case MESSAGES -> ofMessages(body);
            case CHAT, COMPLETIONS -> ofChat(body);
            case RESPONSES -> removeIf(body.path("input"), item -> type(item).equals("reasoning"));
            case GEMINI -> false;
        };
    }

    private static boolean ofMessages(ObjectNode body) {
        boolean changed = false;
        for (JsonNode message : body.path("messages")) {
            changed |= removeIf(message.path("content"), block -> BLOCKS.contains(type(block)));
        }
        if (changed) {
            removeIf(
                    body.path("messages"),
                    message -> message.path("content").isArray()
                            && message.path("content").isEmpty());
        }
        // A turn that goes on after a tool must begin with the thinking that led to its call.
        return (endsInsideATurn(body.path("messages")) && stopThinking(body)) || changed;
    }

    private static boolean endsInsideATurn(JsonNode messages) {
        for (JsonNode block : messages.path(messages.size() - 1).path("content")) {
            if (type(block).equals("tool_result")) {
                return true;
            }
        }
        return false;
    }

    private static boolean stopThinking(ObjectNode body) {
        String mode = body.path("thinking").path("type").asText("disabled");
        if (mode.equals("disabled")) {
            return false;
        }
        body.remove("thinking");
        // Anthropic refuses to clear thinking where there is none.
        removeIf(
                body.path("context_management").path("edits"),
                edit -> type(edit).startsWith("clear_thinking"));
        return true;
    }

    private static boolean ofChat(ObjectNode body) {
        boolean changed = false;
        for (JsonNode message : body.path("messages")) {
            if (message instanceof ObjectNode object
                    && object.path("role").asText().equals("assistant")) {
                int before = object.size();
                object.remove(CHAT_MEMBERS);
                changed |= object.size() < before;
                changed |= removeIf(object.path("content"), block -> BLOCKS.contains(type(block)));
            }
        }
        return changed;
    }

    private static boolean removeIf(JsonNode array, Predicate<JsonNode> unwanted) {
        if (!(array instanceof ArrayNode elements)) {
            return false;
        }
        ArrayNode kept = Json.array();
        elements.forEach(element -> {
            if (!unwanted.test(element)) {
                kept.add(element);
            }
        });
        boolean fewer = kept.size() < elements.size();
        elements.removeAll().addAll(kept);
        return fewer;
    }

    private static String type(JsonNode block) {
        return block.path("type").asText();
    }
}
