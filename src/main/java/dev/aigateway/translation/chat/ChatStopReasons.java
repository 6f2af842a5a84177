package dev.aigateway.translation.chat;

import dev.aigateway.conversation.StopReason;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.splice.Splice;
import java.util.List;

/** Finish reasons of Chat (translation reference, section 12). Stateless. */
final class ChatStopReasons {
    private ChatStopReasons() {}

    /** @param calls whether the answer calls a tool; some servers say {@code stop} all the same */
    static StopReason read(String finish, boolean calls, boolean refused) {
        return switch (finish) {
            case "length" -> StopReason.LENGTH;
            case "content_filter" -> StopReason.FILTER;
            case "tool_calls", "function_call" -> calls ? StopReason.TOOL_USE : StopReason.END;
            default -> calls ? StopReason.TOOL_USE : refused ? StopReason.REFUSAL : StopReason.END;
        };
    }

    /** Whether a whole answer says nothing but that its content was blocked. */
    static boolean isBlocked(ByteSlice answer) {
        List<ByteSlice> choices = Splice.elements(answer, "choices");
        return !choices.isEmpty() && choices.stream().allMatch(ChatStopReasons::isBlockedChoice);
    }

    private static boolean isBlockedChoice(ByteSlice choice) {
        boolean filtered = Splice.find(choice, "finish_reason")
                .filter(ChatStopReasons::isFilter)
                .isPresent();
        return filtered
                && !Splice.says(choice, "text")
                && Splice.find(choice, "message")
                        .filter(ChatWatch::saysMoreThanRole)
                        .isEmpty();
    }

    /** The same as {@link #read} would find in the value. */
    static boolean isFilter(ByteSlice finish) {
        return finish.is("\"content_filter\"");
    }

    /** @param refusalText whether the answer holds the model's words of refusal */
    static String write(StopReason reason, boolean refusalText) {
        return switch (reason) {
            case END, STOP_SEQUENCE, PAUSE -> "stop";
            case LENGTH, CONTEXT -> "length";
            case TOOL_USE -> "tool_calls";
            case FILTER -> "content_filter";
            case REFUSAL -> refusalText ? "stop" : "content_filter";
        };
    }
}
