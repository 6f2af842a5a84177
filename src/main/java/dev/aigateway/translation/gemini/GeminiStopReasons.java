package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.StopReason;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.splice.Splice;
import java.util.List;

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

    /** Whether a whole answer says nothing but that its content was blocked. */
    static boolean isBlocked(ByteSlice answer) {
        List<ByteSlice> candidates = Splice.elements(answer, "candidates");
        return candidates.isEmpty()
                ? Splice.says(answer, "promptFeedback", "blockReason")
                : candidates.stream().allMatch(candidate -> isFilter(candidate) && !GeminiWatch.says(candidate));
    }

    /** Whether a candidate ended for its content. */
    static boolean isFilter(ByteSlice candidate) {
        return read(Splice.text(candidate, "finishReason"), false) == StopReason.FILTER;
    }

    static String write(StopReason reason) {
        return switch (reason) {
            case END, STOP_SEQUENCE, TOOL_USE, PAUSE -> "STOP";
            case LENGTH, CONTEXT -> "MAX_TOKENS";
            case FILTER, REFUSAL -> "SAFETY";
        };
    }
}
