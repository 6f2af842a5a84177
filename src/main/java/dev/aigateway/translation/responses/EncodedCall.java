package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.sse.SseWriter;

/** A call of a tool. Actions are told whole at the end, arguments and free text also piece by piece. Confined to its encoder. */
final class EncodedCall extends EncodedItem {
    private final ResponsesItems.Call call;
    private final String family;

    EncodedCall(ResponsesEvents events, int outputIndex, String id, ResponsesItems.Call call) {
        super(events, outputIndex, id);
        this.call = call;
        this.family = call.kind() == ToolKind.CUSTOM
                ? "response.custom_tool_call_input."
                : "response.function_call_arguments.";
    }

    String callId() {
        return call.id();
    }

    @Override
    void start(SseWriter out) {
        added(ResponsesItems.call(id(), "in_progress", call, ""), out);
    }

    @Override
    void delta(String more, SseWriter out) {
        text.append(more);
        if (!call.isClientTool()) {
            write(event(family + "delta").put("delta", more), out);
        }
    }

    @Override
    ObjectNode end(String status, SseWriter out) {
        if (text.isEmpty() && !call.emptyInput().isEmpty()) {
            delta(call.emptyInput(), out);
        }
        if (!call.isClientTool()) {
            String field = call.kind() == ToolKind.CUSTOM ? "input" : "arguments";
            write(event(family + "done").put(field, text.toString()), out);
        }
        return done(ResponsesItems.call(id(), status, call, text.toString()), out);
    }
}
