package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.Json;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a Responses stream as canonical events (translation reference, section 14.3). What the terminal event lists and no
 * event announced is made up for; events of an unknown type mean nothing. A whole answer is read as its terminal event.
 */
final class ResponsesDecoder implements EventDecoder {
    private final DecodedItems items = new DecodedItems();
    private boolean started;
    private boolean calls;
    private boolean refused;
    private boolean over;

    @Override
    public void decode(SseEvent event, Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        ByteSlice data = event.data();
        if (event.isComment()) {
            out.accept(new AnswerEvent.Ping());
            return;
        }
        if (data.is("[DONE]")) {
            return;
        }
        Optional<JsonNode> node = Json.parse(data.array(), data.offset(), data.length());
        if (node.isEmpty() || !node.get().isObject()) {
            fail(ResponsesErrors.bad("The provider sent an event that is not a JSON object."), out);
            return;
        }
        event(node.get().path("type").asText(event.name()), node.get(), noting(out));
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        if (!over) {
            fail(ResponsesErrors.bad("The provider closed the stream before the answer was complete."), out);
        }
    }

    /** Reads a whole answer. */
    void whole(JsonNode response, Consumer<AnswerEvent> out) {
        switch (response.path("status").asText(ResponsesStatus.COMPLETED)) {
            case ResponsesStatus.COMPLETED -> complete(response, false, noting(out));
            case ResponsesStatus.INCOMPLETE -> complete(response, true, noting(out));
            default -> fail(ResponsesErrors.read(response), out);
        }
    }

    private void event(String type, JsonNode event, Consumer<AnswerEvent> out) {
        switch (type) {
            case "response.created", "response.in_progress", "response.queued" -> start(event.path("response"), out);
            case "response.completed" -> complete(event.path("response"), false, out);
            case "response.incomplete" -> complete(event.path("response"), true, out);
            case "response.failed" -> fail(ResponsesErrors.read(event.path("response")), out);
            case "error" -> fail(ResponsesErrors.read(event), out);
            case "keepalive" -> out.accept(new AnswerEvent.Ping());
            default -> {
                if (event.has("output_index") || event.has("item_id")) {
                    start(MissingNode.getInstance(), out);
                    items.event(type, event, out);
                } else if (event.hasNonNull("error") && !type.startsWith("response.")) {
                    fail(ResponsesErrors.read(event), out);
                }
            }
        }
    }

    private void start(JsonNode response, Consumer<AnswerEvent> out) {
        if (!started) {
            started = true;
            out.accept(new AnswerEvent.Started(
                    response.path("id").asText(""), response.path("model").asText(""), Usage.UNKNOWN));
        }
    }

    private void complete(JsonNode response, boolean incomplete, Consumer<AnswerEvent> out) {
        if (response.hasNonNull("error")) {
            fail(ResponsesErrors.read(response), out);
            return;
        }
        start(response, out);
        items.finish(response.path("output"), out);
        if (response.path("usage").isObject()) {
            out.accept(new AnswerEvent.UsageReported(ResponsesUsage.read(response.get("usage"))));
        }
        over = true;
        out.accept(new AnswerEvent.Finished(
                0, ResponsesStatus.read(response, incomplete, calls, refused), Optional.empty()));
        out.accept(new AnswerEvent.Completed());
    }

    private void fail(GatewayError error, Consumer<AnswerEvent> out) {
        over = true;
        out.accept(new AnswerEvent.Failed(error));
    }

    /** The way out, with a note of what decides the reason to stop. */
    private Consumer<AnswerEvent> noting(Consumer<AnswerEvent> out) {
        return event -> {
            if (event instanceof AnswerEvent.BlockStarted(var block, var choice, var kind)) {
                calls |= kind instanceof BlockKind.ToolCall;
                refused |= kind instanceof BlockKind.Refusal;
            }
            out.accept(event);
        };
    }
}
