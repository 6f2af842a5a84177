package dev.aigateway.translation.messages;

import dev.aigateway.conversation.StopReason;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.splice.Parts;
import dev.aigateway.translation.splice.Splice;

/** Stop reasons of Messages (translation reference, section 12). Stateless. */
final class MessagesStopReasons {
    private MessagesStopReasons() {}

    /** @param calls whether the answer calls a tool of the client's */
    static StopReason read(String reason, boolean calls) {
        return switch (reason) {
            case "max_tokens" -> StopReason.LENGTH;
            case "model_context_window_exceeded" -> StopReason.CONTEXT;
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            case "tool_use" -> calls ? StopReason.TOOL_USE : StopReason.END;
            case "pause_turn" -> StopReason.PAUSE;
            case "refusal" -> StopReason.REFUSAL;
            default -> calls ? StopReason.TOOL_USE : StopReason.END;
        };
    }

    /** Whether a whole answer says nothing but that its content was blocked. */
    static boolean isBlocked(ByteSlice answer) {
        return Splice.find(answer, "stop_reason")
                        .filter(MessagesStopReasons::isRefusal)
                        .isPresent()
                && Splice.find(answer, "content").filter(Parts::areEmpty).isPresent();
    }

    /** The same as {@link #read} would find in the value. */
    static boolean isRefusal(ByteSlice reason) {
        return reason.is("\"refusal\"");
    }

    /** A pause of another vendor's model is no pause that an Anthropic client could resume. */
    static String write(StopReason reason, boolean calls) {
        return switch (reason) {
            case END, PAUSE -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case CONTEXT -> "model_context_window_exceeded";
            case TOOL_USE -> calls ? "tool_use" : "end_turn";
            case FILTER, REFUSAL -> "refusal";
        };
    }
}
