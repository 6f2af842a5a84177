package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.tools.CallIds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of a Messages stream: one block at a time, numbered from 0 in the order of their starts, although upstream
 * blocks may interleave. Parts of another block wait while a tool call is incomplete (translation reference, 14.8).
 */
final class MessagesEncoder implements EventEncoder {
    /** Characters that may wait; more means that the upstream never completes its call. */
    private static final int MAX_WAITING = 16 * 1024 * 1024;

    /** The number of a block that no upstream sent. */
    private static final int CARRIER = -1;

    private static final byte[] PING = Json.bytes(Json.object().put("type", "ping"));

    private final AnswerContext context;
    private final Map<Integer, BlockKind> kinds = new HashMap<>();
    private final Set<Integer> closedCalls = new HashSet<>();
    private Deque<Waiting> queue = new ArrayDeque<>();
    private int queued;
    private @Nullable Open open;
    private int nextIndex;
    private boolean calls;
    private boolean over;
    private Usage usage = Usage.UNKNOWN;
    private AnswerEvent.@Nullable Finished finished;

    private record Waiting(int block, AnswerEvent event) {}

    /** The block that the client has open. */
    private static final class Open {
        private final int block;
        private final int index;
        private final BlockKind kind;
        private final JsonProgress arguments = new JsonProgress();
        private Optional<Signature> signature = Optional.empty();

        Open(int block, int index, BlockKind kind) {
            this.block = block;
            this.index = index;
            this.kind = kind;
        }

        boolean mayNotBeLeft() {
            return kind instanceof BlockKind.ToolCall && !arguments.isComplete();
        }
    }

    MessagesEncoder(AnswerContext context) {
        this.context = context;
    }

    @Override
    public void encode(AnswerEvent event, SseWriter out) {
        if (over) {
            return;
        }
        switch (event) {
            case AnswerEvent.Started(var id, var model, var counted) -> start(id, counted, out);
            case AnswerEvent.BlockStarted(var block, var choice, var kind) -> {
                // Messages shows the first candidate only.
                if (choice == 0) {
                    kinds.put(block, kind);
                    ofBlock(block, event, out);
                }
            }
            case AnswerEvent.Delta(var block, var text) -> ofBlock(block, event, out);
            case AnswerEvent.Signed(var block, var signature) -> ofBlock(block, event, out);
            case AnswerEvent.BlockEnded(var block) -> ofBlock(block, event, out);
            // Citations of other vendors lack the index that Anthropic's need.
            case AnswerEvent.Cited ignored -> {}
            case AnswerEvent.Scored ignored -> {}
            case AnswerEvent.UsageReported(var later) -> usage = usage.merge(later);
            case AnswerEvent.Finished finish -> finished = finished == null ? finish : finished;
            case AnswerEvent.Completed ignored -> complete(out);
            case AnswerEvent.Failed(var error) -> fail(error, out);
            case AnswerEvent.Ping ignored -> keepalive(out);
        }
    }

    @Override
    public void keepalive(SseWriter out) {
        ping(out);
    }

    static void ping(SseWriter out) {
        out.event("ping", PING);
    }

    private void start(String id, Usage counted, SseWriter out) {
        usage = usage.merge(counted);
        ObjectNode message = MessagesAnswerWriter.message(id, context);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        MessagesAnswerWriter.details(message);
        message.set("usage", MessagesUsage.write(usage));
        ObjectNode event = Json.object().put("type", "message_start");
        event.set("message", message);
        write(event, out);
        keepalive(out);
    }

    private void ofBlock(int block, AnswerEvent event, SseWriter out) {
        BlockKind kind = kinds.get(block);
        if (kind == null) {
            return;
        }
        if (open != null && open.block != block) {
            if (open.mayNotBeLeft()) {
                enqueue(block, event, out);
                return;
            }
            if (!queue.isEmpty()) {
                // What waited comes first; it may leave another call open.
                close(out);
                ofBlock(block, event, out);
                return;
            }
        }
        switch (event) {
            case AnswerEvent.BlockStarted ignored -> {
                // A call waits for its first fragment where a signature may still come that has to stand before it.
                boolean call = kind instanceof BlockKind.ToolCall && !MessagesAnswerWriter.showsThinking(context);
                if (call || kind instanceof BlockKind.RedactedThinking) {
                    open(block, kind, out);
                }
            }
            case AnswerEvent.Delta(var number, var text) -> delta(block, kind, text, out);
            case AnswerEvent.Signed(var number, var signature) -> sign(block, kind, signature, out);
            case AnswerEvent.BlockEnded ignored -> end(block, kind, out);
            default -> {}
        }
    }

    private void sign(int block, BlockKind kind, Signature signature, SseWriter out) {
        if (kind instanceof BlockKind.Thinking) {
            opened(block, kind, out).signature = Optional.of(signature);
        } else if (kind instanceof BlockKind.ToolCall && MessagesAnswerWriter.showsThinking(context)) {
            // A call has no place for its signature: an empty thinking block before it carries it to the next request.
            open(CARRIER, new BlockKind.Thinking(), out).signature = Optional.of(signature);
            close(out);
        }
    }

    private void end(int block, BlockKind kind, SseWriter out) {
        if (kind instanceof BlockKind.ToolCall && !closedCalls.contains(block)) {
            opened(block, kind, out);
        }
        if (open != null && open.block == block) {
            close(out);
        }
    }

    private void enqueue(int block, AnswerEvent event, SseWriter out) {
        queue.add(new Waiting(block, event));
        if (event instanceof AnswerEvent.Delta(var number, var text)) {
            queued += text.length();
        }
        if (queued > MAX_WAITING) {
            fail(
                    GatewayError.of(
                            GatewayError.Kind.BAD_GATEWAY,
                            "The provider interleaves tool calls that it never completes."),
                    out);
        }
    }

    private void delta(int block, BlockKind kind, String text, SseWriter out) {
        if (closedCalls.contains(block)) {
            if (!text.isBlank()) {
                fail(
                        GatewayError.of(
                                GatewayError.Kind.BAD_GATEWAY,
                                "The provider went on with a tool call that was complete."),
                        out);
            }
            return;
        }
        ObjectNode delta = Json.object();
        switch (kind) {
            case BlockKind.Text ignored -> delta.put("type", "text_delta").put("text", text);
            case BlockKind.Refusal ignored -> delta.put("type", "text_delta").put("text", text);
            case BlockKind.Thinking ignored ->
                delta.put("type", "thinking_delta").put("thinking", text);
            case BlockKind.ToolCall ignored -> {
                opened(block, kind, out).arguments.feed(text);
                delta.put("type", "input_json_delta").put("partial_json", text);
            }
            case BlockKind.RedactedThinking ignored -> {
                return;
            }
            case BlockKind.Opaque ignored -> {
                return;
            }
        }
        blockDelta(opened(block, kind, out), delta, out);
    }

    /** The client's block for an upstream block, opened at its first content. */
    private Open opened(int block, BlockKind kind, SseWriter out) {
        return open != null && open.block == block ? open : open(block, kind, out);
    }

    private Open open(int block, BlockKind kind, SseWriter out) {
        if (open != null) {
            close(out);
        }
        Open opened = new Open(block, nextIndex++, kind);
        open = opened;
        ObjectNode event = Json.object().put("type", "content_block_start").put("index", opened.index);
        event.set("content_block", content(kind));
        write(event, out);
        return opened;
    }

    private ObjectNode content(BlockKind kind) {
        return switch (kind) {
            case BlockKind.Text ignored -> Json.object().put("type", "text").put("text", "");
            case BlockKind.Refusal ignored -> Json.object().put("type", "text").put("text", "");
            case BlockKind.Thinking ignored ->
                Json.object().put("type", "thinking").put("thinking", "").put("signature", "");
            case BlockKind.RedactedThinking(var vendor, var data) -> MessagesAnswerWriter.redacted(vendor, data);
            case BlockKind.ToolCall call -> {
                calls = true;
                ObjectNode content = Json.object()
                        .put("type", "tool_use")
                        .put("id", CallIds.legal(call.id()))
                        .put("name", call.name());
                content.putObject("input");
                yield content;
            }
            case BlockKind.Opaque(var dialect, var type, var raw) ->
                throw new IllegalStateException("a block of type " + type + " is not shown to Messages clients");
        };
    }

    private void close(SseWriter out) {
        Open closing = open;
        if (closing == null) {
            return;
        }
        closing.signature.ifPresent(signature -> blockDelta(
                closing,
                Json.object()
                        .put("type", "signature_delta")
                        .put("signature", MessagesAnswerWriter.signature(Optional.of(signature))),
                out));
        write(Json.object().put("type", "content_block_stop").put("index", closing.index), out);
        if (closing.kind instanceof BlockKind.ToolCall) {
            closedCalls.add(closing.block);
        }
        open = null;
        Deque<Waiting> waiting = queue;
        queue = new ArrayDeque<>();
        queued = 0;
        waiting.forEach(next -> ofBlock(next.block, next.event, out));
    }

    private void complete(SseWriter out) {
        while (open != null) {
            close(out);
        }
        over = true;
        AnswerEvent.Finished end = finished;
        if (end == null) {
            throw new IllegalStateException("completed without a stop reason");
        }
        ObjectNode event = Json.object().put("type", "message_delta");
        ObjectNode delta = event.putObject("delta")
                .put("stop_reason", MessagesStopReasons.write(end.reason(), calls))
                .put("stop_sequence", MessagesAnswerWriter.stopSequence(end.reason(), end.stopSequence()));
        MessagesAnswerWriter.details(delta);
        event.set("usage", MessagesUsage.write(usage));
        write(event, out);
        write(Json.object().put("type", "message_stop"), out);
    }

    private void fail(GatewayError error, SseWriter out) {
        if (open != null) {
            write(Json.object().put("type", "content_block_stop").put("index", open.index), out);
            open = null;
        }
        over = true;
        out.event("error", MessagesErrors.write(error, context.requestId()));
    }

    private static void blockDelta(Open block, ObjectNode delta, SseWriter out) {
        ObjectNode event = Json.object().put("type", "content_block_delta").put("index", block.index);
        event.set("delta", delta);
        write(event, out);
    }

    private static void write(ObjectNode event, SseWriter out) {
        out.event(event.get("type").textValue(), Json.bytes(event));
    }
}
