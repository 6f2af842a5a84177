package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.splice.Parts;
import dev.aigateway.translation.splice.Splice;
import java.util.Optional;

/** The status of an answer and why it is incomplete (translation reference, section 12). Stateless. */
final class ResponsesStatus {
    static final String COMPLETED = "completed";
    static final String INCOMPLETE = "incomplete";
    static final String FAILED = "failed";

    private static final String LIMIT = "max_output_tokens";
    private static final String FILTER = "content_filter";

    private ResponsesStatus() {}

    /**
     * @param calls whether the answer calls a tool
     * @param refused whether it holds the model's words of refusal
     */
    static StopReason read(JsonNode response, boolean incomplete, boolean calls, boolean refused) {
        if (incomplete) {
            String reason = response.path("incomplete_details").path("reason").asText();
            return reason.equals(FILTER) ? StopReason.FILTER : StopReason.LENGTH;
        }
        return calls ? StopReason.TOOL_USE : refused ? StopReason.REFUSAL : StopReason.END;
    }

    /** Whether a whole answer says nothing but that its content was blocked. */
    static boolean isBlocked(ByteSlice response) {
        return Splice.text(response, "status").equals(INCOMPLETE)
                && Splice.text(response, "incomplete_details", "reason").equals(FILTER)
                && Splice.elements(response, "output").stream().allMatch(ResponsesStatus::isEmptyMessage);
    }

    static boolean isEmptyMessage(ByteSlice item) {
        return Splice.text(item, "type").equals("message")
                && Splice.find(item, "content").filter(Parts::areEmpty).isPresent();
    }

    /** Sets the status of a response and gives it back. */
    static String write(StopReason reason, boolean refused, ObjectNode response) {
        Optional<String> incomplete = switch (reason) {
            case END, STOP_SEQUENCE, TOOL_USE, PAUSE -> Optional.empty();
            case LENGTH, CONTEXT -> Optional.of(LIMIT);
            case FILTER -> Optional.of(FILTER);
            case REFUSAL -> refused ? Optional.empty() : Optional.of(FILTER);
        };
        String status = incomplete.isPresent() ? INCOMPLETE : COMPLETED;
        response.put("status", status);
        incomplete.ifPresent(why -> response.putObject("incomplete_details").put("reason", why));
        return status;
    }
}
