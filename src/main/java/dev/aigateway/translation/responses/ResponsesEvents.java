package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.Json;

/** Numbers the events of one stream without gaps, keepalives included. Confined to one stream. */
final class ResponsesEvents {
    private int next;

    ObjectNode event(String type) {
        return Json.object().put("type", type).put("sequence_number", next++);
    }

    void write(ObjectNode event, SseWriter out) {
        out.event(event.get("type").textValue(), Json.bytes(event));
    }
}
