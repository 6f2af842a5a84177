package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.StopReason;

/** Finish reasons of Gemini (translation reference, section 12). Stateless. */
final class GeminiStopReasons {
    private GeminiStopReasons() {}

    /** Whether the model produced something that is no answer. */
    static boolean isFailure(String finish, boolean content) {
        return switch (finish) {
            case "MALFORMED_FUNCTION_CALL",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "MALFORMED_RESPONSE",
                    "MISSING_THOUGHT_SIGNATURE" -> true;
            case "OTHER" -> !content;
            default -> false;
        };
    }

    /** @param calls whether any chunk of the answer calls a function; Gemini says {@code STOP} all the same */
    static StopReason read(String finish, boolean calls) {
        return switch (finish) {
            case "MAX_TOKENS" -> StopReason.LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION",
                    "IMAGE_OTHER" -> StopReason.FILTER;
            default -> calls ? StopReason.TOOL_USE : StopReason.END;
        };
    }

    static String write(StopReason reason) {
        return switch (reason) {
            case END, STOP_SEQUENCE, TOOL_USE, PAUSE -> "STOP";
            case LENGTH, CONTEXT -> "MAX_TOKENS";
            case FILTER, REFUSAL -> "SAFETY";
        };
    }
}
