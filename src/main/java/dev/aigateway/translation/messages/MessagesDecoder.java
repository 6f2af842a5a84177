package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.UpstreamErrors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Messages events as canonical ones (translation reference, section 14.4). A whole answer is read as the events it
 * would have been streamed in.
 */
final class MessagesDecoder implements EventDecoder {
    private final Map<Integer, Open> open = new LinkedHashMap<>();
    private MessagesUsage usage = MessagesUsage.NONE;
    private int next;
    private boolean started;
    private boolean calls;
    private boolean over;
    private @Nullable String stopReason;
    private Optional<String> stopSequence = Optional.empty();

    /** A block that the upstream has open. */
    private static final class Open {
        private final int number;
        private final boolean call;
        /** A call's input given whole at its start; used when no fragments follow. */
        private String wholeInput = "";

        private final StringBuilder signature = new StringBuilder();
        private boolean said;

        Open(int number, boolean call) {
            this.number = number;
            this.call = call;
        }
    }

    @Override
    public void decode(SseEvent event, Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        if (event.isComment()) {
            out.accept(new AnswerEvent.Ping());
            return;
        }
        ByteSlice data = event.data();
        Optional<JsonNode> node = Json.parse(data.array(), data.offset(), data.length());
        if (node.isEmpty() || !node.get().isObject()) {
            fail(bad("The provider sent an event that is not a JSON object."), out);
            return;
        }
        event(node.get(), out);
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        if (stopReason == null) {
            fail(bad("The provider closed the stream before the answer was complete."), out);
        } else {
            complete(out);
        }
    }

    /** Reads a whole answer. */
    void whole(JsonNode answer, Consumer<AnswerEvent> out) {
        start(answer, out);
        int index = 0;
        for (JsonNode block : answer.path("content")) {
            blockStart(index, block, out);
            blockStop(index++, out);
        }
        stopReason = answer.path("stop_reason").asText("end_turn");
        stopSequence = Optional.ofNullable(answer.path("stop_sequence").textValue());
        complete(out);
    }

    private void event(JsonNode event, Consumer<AnswerEvent> out) {
        switch (event.path("type").asText()) {
            case "message_start" -> start(event.path("message"), out);
            case "content_block_start" -> blockStart(event.path("index").asInt(), event.path("content_block"), out);
            case "content_block_delta" -> delta(event.path("index").asInt(), event.path("delta"), out);
            case "content_block_stop" -> blockStop(event.path("index").asInt(), out);
            case "message_delta" -> messageDelta(event, out);
            case "message_stop" -> complete(out);
            case "ping" -> out.accept(new AnswerEvent.Ping());
            case "error" -> fail(UpstreamErrors.ofNode(GatewayError.Kind.BAD_GATEWAY.status(), event), out);
            default -> {
                if (event.hasNonNull("error")) {
                    fail(UpstreamErrors.ofNode(GatewayError.Kind.BAD_GATEWAY.status(), event), out);
                }
            }
        }
    }

    private void start(JsonNode message, Consumer<AnswerEvent> out) {
        if (started) {
            return;
        }
        started = true;
        usage = usage.merge(MessagesUsage.read(message.path("usage")));
        out.accept(new AnswerEvent.Started(
                message.path("id").asText(""), message.path("model").asText(""), usage.canonical()));
    }

    private void blockStart(int index, JsonNode block, Consumer<AnswerEvent> out) {
        // Some servers forget the start of the message or the end of the block before.
        start(Json.object(), out);
        blockStop(index, out);
        String type = block.path("type").asText();
        BlockKind kind = kind(type, block);
        Open opened = new Open(next++, kind instanceof BlockKind.ToolCall);
        open.put(index, opened);
        calls |= opened.call;
        out.accept(new AnswerEvent.BlockStarted(opened.number, 0, kind));
        switch (kind) {
            case BlockKind.Text ignored -> {
                append(opened, block.path("text").asText(""), out);
                block.path("citations").forEach(citation -> cite(opened, citation, out));
            }
            case BlockKind.Thinking ignored -> {
                append(opened, block.path("thinking").asText(""), out);
                opened.signature.append(block.path("signature").asText(""));
            }
            case BlockKind.ToolCall ignored -> {
                if (!block.path("input").isEmpty()) {
                    opened.wholeInput = Json.text(block.get("input"));
                }
            }
            default -> {}
        }
    }

    private static BlockKind kind(String type, JsonNode block) {
        return switch (type) {
            case "text" -> new BlockKind.Text();
            case "thinking" -> new BlockKind.Thinking();
            case "redacted_thinking" ->
                new BlockKind.RedactedThinking(
                        Vendor.ANTHROPIC, block.path("data").asText(""));
            case "tool_use" ->
                new BlockKind.ToolCall(
                        block.path("id").asText(""), block.path("name").asText(""));
            default -> new BlockKind.Opaque(Dialect.MESSAGES, type, Json.raw(block));
        };
    }

    private void delta(int index, JsonNode delta, Consumer<AnswerEvent> out) {
        Open block = open.get(index);
        if (block == null) {
            fail(bad("The provider sent a part of a block that it had not begun."), out);
            return;
        }
        switch (delta.path("type").asText()) {
            case "text_delta" -> append(block, delta.path("text").asText(""), out);
            case "thinking_delta" -> append(block, delta.path("thinking").asText(""), out);
            case "input_json_delta" -> {
                String fragment = delta.path("partial_json").asText("");
                if (block.call && !fragment.isEmpty()) {
                    block.wholeInput = "";
                    append(block, fragment, out);
                }
            }
            case "signature_delta" ->
                block.signature.append(delta.path("signature").asText(""));
            case "citations_delta" -> cite(block, delta.path("citation"), out);
            default -> {}
        }
    }

    private void blockStop(int index, Consumer<AnswerEvent> out) {
        Open block = open.remove(index);
        if (block != null) {
            end(block, out);
        }
    }

    private static void end(Open block, Consumer<AnswerEvent> out) {
        append(block, block.wholeInput, out);
        if (block.call && !block.said) {
            append(block, "{}", out);
        }
        if (!block.signature.isEmpty()) {
            out.accept(
                    new AnswerEvent.Signed(block.number, new Signature(Vendor.ANTHROPIC, block.signature.toString())));
        }
        out.accept(new AnswerEvent.BlockEnded(block.number));
    }

    private void messageDelta(JsonNode event, Consumer<AnswerEvent> out) {
        JsonNode delta = event.path("delta");
        if (delta.hasNonNull("stop_reason")) {
            stopReason = delta.get("stop_reason").asText();
            stopSequence = Optional.ofNullable(delta.path("stop_sequence").textValue());
        }
        if (event.path("usage").isObject()) {
            usage = usage.merge(MessagesUsage.read(event.get("usage")));
            out.accept(new AnswerEvent.UsageReported(usage.canonical()));
        }
    }

    private void complete(Consumer<AnswerEvent> out) {
        if (!started) {
            fail(bad("The provider's answer is empty."), out);
            return;
        }
        over = true;
        open.values().forEach(block -> end(block, out));
        String reason = stopReason == null ? "end_turn" : stopReason;
        out.accept(new AnswerEvent.Finished(0, MessagesStopReasons.read(reason, calls), stopSequence));
        out.accept(new AnswerEvent.Completed());
    }

    private static void append(Open block, String text, Consumer<AnswerEvent> out) {
        if (!text.isEmpty()) {
            block.said = true;
            out.accept(new AnswerEvent.Delta(block.number, text));
        }
    }

    private static void cite(Open block, JsonNode citation, Consumer<AnswerEvent> out) {
        out.accept(new AnswerEvent.Cited(block.number, MessagesBlockReader.citation(citation)));
    }

    private void fail(GatewayError error, Consumer<AnswerEvent> out) {
        over = true;
        out.accept(new AnswerEvent.Failed(error));
    }

    private static GatewayError bad(String message) {
        return GatewayError.of(GatewayError.Kind.BAD_GATEWAY, message);
    }
}
