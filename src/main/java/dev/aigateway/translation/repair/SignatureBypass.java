package dev.aigateway.translation.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.gemini.GeminiSignatures;

/**
 * Puts Google's bypass literal in the place of the signatures of the history: on the first call of each step, where one
 * must be, and nowhere else (translation reference, sections 9.3 and 9.5). Chat has a place for it where Google itself
 * speaks Chat.
 */
final class SignatureBypass {
    private SignatureBypass() {}

    static boolean apply(Dialect upstream, ObjectNode body) {
        JsonNode before = body.deepCopy();
        switch (upstream) {
            case GEMINI -> body.path("contents").forEach(content -> ofGemini(content.path("parts")));
            case CHAT, COMPLETIONS -> body.path("messages").forEach(message -> ofChat(message.path("tool_calls")));
            case MESSAGES, RESPONSES -> {}
        }
        return !body.equals(before);
    }

    private static void ofGemini(JsonNode parts) {
        boolean first = true;
        for (JsonNode part : parts) {
            if (part instanceof ObjectNode object) {
                object.remove("thought_signature");
                object.remove("thoughtSignature");
                if (first && Spelling.of("functionCall", object).isPresent()) {
                    object.put("thoughtSignature", GeminiSignatures.BYPASS);
                    first = false;
                }
            }
        }
    }

    private static void ofChat(JsonNode calls) {
        boolean first = true;
        for (JsonNode call : calls) {
            if (call instanceof ObjectNode object) {
                object.remove("extra_content");
                if (first) {
                    object.putObject("extra_content")
                            .putObject("google")
                            .put("thought_signature", GeminiSignatures.BYPASS);
                    first = false;
                }
            }
        }
    }
}
