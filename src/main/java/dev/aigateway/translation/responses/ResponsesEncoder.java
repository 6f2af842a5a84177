package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of a Responses stream: created and in progress, each item added, filled and done, one terminal event that
 * repeats the items (translation reference, section 14.7). An item appears with its first content, so none is empty; it is
 * done one step late, since only the end tells whether the last one was cut short. A failure leaves open items undone:
 * clients act on what is done.
 */
final class ResponsesEncoder implements EventEncoder {
    private final AnswerContext context;
    private final ResponsesEvents events = new ResponsesEvents();
    private final Map<Integer, Open> blocks = new HashMap<>();
    private final TreeMap<Integer, ObjectNode> output = new TreeMap<>();
    private String id = "";
    private int items;
    private int blockCount;
    private boolean refused;
    private StopReason reason = StopReason.END;
    private Usage usage = Usage.UNKNOWN;
    /** The item whose block has ended. */
    private @Nullable EncodedItem ended;

    /** A block that the upstream has open; without an item as long as it is empty. */
    private static final class Open {
        private final int number;
        private final BlockKind kind;
        private @Nullable EncodedItem item;

        Open(int number, BlockKind kind) {
            this.number = number;
            this.kind = kind;
        }
    }

    ResponsesEncoder(AnswerContext context) {
        this.context = context;
    }

    @Override
    public void encode(AnswerEvent event, SseWriter out) {
        switch (event) {
            case AnswerEvent.Started(var upstreamId, var model, var counted) -> {
                usage = usage.merge(counted);
                start(upstreamId, out);
            }
            case AnswerEvent.BlockStarted(var block, var choice, var kind) -> {
                if (choice == 0) {
                    open(block, kind, out);
                }
            }
            case AnswerEvent.Delta(var block, var text) -> item(block, out, item -> item.delta(text, out));
            case AnswerEvent.Scored(var block, var tokens) -> item(block, out, item -> item.score(tokens));
            case AnswerEvent.Signed(var block, var signature) -> {
                if (signable(block)) {
                    item(block, out, item -> item.sign(signature));
                }
            }
            case AnswerEvent.Cited(var block, var citation) -> item(block, out, item -> item.cite(citation, out));
            case AnswerEvent.BlockEnded(var block) -> end(block, out);
            case AnswerEvent.UsageReported(var later) -> usage = usage.merge(later);
            case AnswerEvent.Finished(var choice, var why, var stop) -> reason = choice == 0 ? why : reason;
            case AnswerEvent.Completed ignored -> complete(out);
            case AnswerEvent.Failed(var error) -> fail(error, out);
            case AnswerEvent.Ping ignored -> keepalive(out);
        }
    }

    /** Clients take nothing before the created event, a keepalive no more than anything else. */
    @Override
    public void keepalive(SseWriter out) {
        start("", out);
        events.write(events.event("keepalive"), out);
    }

    private void start(String upstreamId, SseWriter out) {
        if (!id.isEmpty()) {
            return;
        }
        id = ResponsesEcho.id(upstreamId, context);
        terminal("response.created", ResponsesEcho.response(id, context), out);
        terminal("response.in_progress", ResponsesEcho.response(id, context), out);
    }

    private void open(int block, BlockKind kind, SseWriter out) {
        settle(ResponsesStatus.COMPLETED, out);
        int number = blockCount++;
        switch (kind) {
            case BlockKind.RedactedThinking(var vendor, var data) ->
                carrier(itemId("rs_", number), ResponsesReasoning.redacted(vendor, data), out);
            case BlockKind.Opaque(var dialect, var type, var raw) -> opaque(dialect, raw, out);
            case BlockKind.ToolCall ignored -> {
                blocks.put(block, new Open(number, kind));
                item(block, out, item -> {});
            }
            case BlockKind.Refusal ignored -> {
                refused = true;
                blocks.put(block, new Open(number, kind));
            }
            case BlockKind.Text ignored -> blocks.put(block, new Open(number, kind));
            case BlockKind.Thinking ignored -> blocks.put(block, new Open(number, kind));
        }
    }

    /** Does something with the item of a block, which begins here if it has not yet. */
    private void item(int block, SseWriter out, Consumer<EncodedItem> action) {
        Open open = blocks.get(block);
        if (open == null) {
            return;
        }
        EncodedItem item = open.item;
        if (item == null) {
            item = newItem(open);
            open.item = item;
            item.start(out);
        }
        action.accept(item);
    }

    private EncodedItem newItem(Open open) {
        int index = items++;
        int number = open.number;
        return switch (open.kind) {
            case BlockKind.Text ignored -> new EncodedMessage(events, index, itemId("msg_", number), false);
            case BlockKind.Refusal ignored -> new EncodedMessage(events, index, itemId("msg_", number), true);
            case BlockKind.Thinking ignored ->
                new EncodedReasoning(events, index, itemId("rs_", number), wantsEncrypted());
            case BlockKind.ToolCall(var callId, var name, var namespace, var toolKind) -> {
                ResponsesItems.Call call = new ResponsesItems.Call(callId, name, namespace, toolKind);
                yield new EncodedCall(events, index, itemId(call.prefix(), number), call);
            }
            case BlockKind.RedactedThinking ignored -> throw new IllegalStateException("is written whole");
            case BlockKind.Opaque ignored -> throw new IllegalStateException("is written whole");
        };
    }

    /** A signature that the client did not ask for would leave an empty item. */
    private boolean signable(int block) {
        Open open = blocks.get(block);
        return open != null && (open.item != null || (open.kind instanceof BlockKind.Thinking && wantsEncrypted()));
    }

    private void end(int block, SseWriter out) {
        Open open = blocks.remove(block);
        if (open != null && open.item != null) {
            settle(ResponsesStatus.COMPLETED, out);
            ended = open.item;
        }
    }

    /** Writes the end of the item that waits for it. */
    private void settle(String status, SseWriter out) {
        EncodedItem item = ended;
        if (item == null) {
            return;
        }
        ended = null;
        output.put(item.outputIndex(), item.end(status, out));
        if (item instanceof EncodedCall call) {
            call.signature()
                    .ifPresent(signature -> carrier(
                            ResponsesItems.carrierId(call.id()),
                            ResponsesReasoning.ofCall(call.callId(), signature),
                            out));
        }
    }

    private void carrier(String itemId, String encrypted, SseWriter out) {
        if (wantsEncrypted()) {
            int index = items++;
            output.put(index, EncodedReasoning.carrier(events, index, itemId, encrypted, out));
        }
    }

    private void opaque(Dialect dialect, RawJson raw, SseWriter out) {
        if (dialect != Dialect.RESPONSES) {
            return;
        }
        ObjectNode item = (ObjectNode) Json.tree(raw);
        int index = items++;
        for (String type : new String[] {"response.output_item.added", "response.output_item.done"}) {
            ObjectNode event = events.event(type).put("output_index", index);
            event.set("item", item);
            events.write(event, out);
        }
        output.put(index, item);
    }

    private void complete(SseWriter out) {
        settle(ResponsesAnswerWriter.lastStatus(reason), out);
        ObjectNode response = ResponsesEcho.response(id, context);
        String status = ResponsesStatus.write(reason, refused, response);
        finish("response." + status, response, out);
    }

    private void fail(GatewayError error, SseWriter out) {
        start("", out);
        settle(ResponsesStatus.COMPLETED, out);
        ObjectNode response = ResponsesEcho.response(id, context).put("status", ResponsesStatus.FAILED);
        response.set("error", ResponsesErrors.write(error));
        finish("response.failed", response, out);
    }

    private void finish(String type, ObjectNode response, SseWriter out) {
        ArrayNode all = response.putArray("output");
        output.values().forEach(all::add);
        if (!usage.equals(Usage.UNKNOWN)) {
            response.set("usage", ResponsesUsage.write(usage));
        }
        terminal(type, response, out);
    }

    private void terminal(String type, ObjectNode response, SseWriter out) {
        ObjectNode event = events.event(type);
        event.set("response", response);
        events.write(event, out);
    }

    private String itemId(String prefix, int number) {
        return ResponsesItems.id(prefix, context.requestId(), number);
    }

    private boolean wantsEncrypted() {
        return context.request().reasoning().wantsEncrypted();
    }
}
