package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.SignatureCarrier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of a Chat stream: a role chunk for each choice, deltas, one finish chunk for each choice, the usage chunk
 * where the client asked for it, {@code [DONE]}; an error object instead of everything that is left (translation
 * reference, section 14.6).
 */
final class ChatEncoder implements EventEncoder {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final AnswerContext context;
    private final Map<Integer, Open> blocks = new HashMap<>();
    private final Map<Integer, Integer> toolCounts = new HashMap<>();
    private final Map<Integer, Integer> textLengths = new HashMap<>();
    private final Set<Integer> roles = new HashSet<>();
    private final Set<Integer> refusals = new HashSet<>();
    private final Set<Integer> reasoned = new HashSet<>();
    private final List<AnswerEvent.Finished> finished = new ArrayList<>();
    private int details;
    private String head = "";
    private Usage usage = Usage.UNKNOWN;

    /** A block that the upstream has open. */
    private static final class Open {
        private final int choice;
        private final BlockKind kind;
        private final int toolIndex;
        /** Code points of the choice's text before this block. */
        private final int textBefore;

        private final StringBuilder thinking = new StringBuilder();
        /** Tokens whose text has not been written. */
        private final List<TokenLogprob> scored = new ArrayList<>();

        Open(int choice, BlockKind kind, int toolIndex, int textBefore) {
            this.choice = choice;
            this.kind = kind;
            this.toolIndex = toolIndex;
            this.textBefore = textBefore;
        }
    }

    ChatEncoder(AnswerContext context) {
        this.context = context;
    }

    @Override
    public void encode(AnswerEvent event, SseWriter out) {
        switch (event) {
            case AnswerEvent.Started(var id, var model, var counted) -> start(id, counted, out);
            case AnswerEvent.BlockStarted(var block, var choice, var kind) -> open(block, choice, kind, out);
            case AnswerEvent.Delta(var block, var text) -> delta(open(block), text, out);
            case AnswerEvent.Scored(var block, var tokens) -> open(block).scored.addAll(tokens);
            case AnswerEvent.Signed(var block, var signature) -> sign(open(block), signature, out);
            case AnswerEvent.Cited(var block, var citation) -> cite(open(block), citation, out);
            case AnswerEvent.BlockEnded(var block) -> end(block, out);
            case AnswerEvent.UsageReported(var later) -> usage = usage.merge(later);
            case AnswerEvent.Finished finish -> finished.add(finish);
            case AnswerEvent.Completed ignored -> complete(out);
            case AnswerEvent.Failed(var error) -> out.data(ChatErrors.write(error));
            case AnswerEvent.Ping ignored -> keepalive(out);
        }
    }

    @Override
    public void keepalive(SseWriter out) {
        out.comment("keep-alive");
    }

    private void start(String id, Usage counted, SseWriter out) {
        usage = usage.merge(counted);
        ObjectNode common = Json.object()
                .put("id", ChatAnswerWriter.id(id, context))
                .put("object", "chat.completion.chunk")
                .put("created", context.created().getEpochSecond())
                .put("model", context.model());
        String text = Json.text(common);
        head = text.substring(0, text.length() - 1);
        role(0, out);
    }

    private void role(int choice, SseWriter out) {
        if (roles.add(choice)) {
            chunk(choice, Json.object().put("role", "assistant").put("content", ""), out);
        }
    }

    private void open(int block, int choice, BlockKind kind, SseWriter out) {
        role(choice, out);
        int toolIndex = kind instanceof BlockKind.ToolCall ? toolCounts.merge(choice, 1, Integer::sum) - 1 : -1;
        Open open = new Open(choice, kind, toolIndex, textLengths.getOrDefault(choice, 0));
        blocks.put(block, open);
        switch (kind) {
            case BlockKind.ToolCall call -> callStarted(open, call, out);
            case BlockKind.Refusal ignored -> refusals.add(choice);
            case BlockKind.RedactedThinking(var vendor, var data) -> {
                ObjectNode delta = Json.object();
                delta.putArray("reasoning_details").add(ChatReasoning.redacted(vendor, data, details++));
                chunk(choice, delta, out);
            }
            case BlockKind.Text ignored -> {}
            case BlockKind.Thinking ignored -> {}
            case BlockKind.Opaque ignored -> {}
        }
    }

    private void callStarted(Open open, BlockKind.ToolCall call, SseWriter out) {
        boolean custom = call.toolKind() == ToolKind.CUSTOM;
        ObjectNode fragment = Json.object()
                .put("index", open.toolIndex)
                .put("id", call.id())
                .put("type", custom ? "custom" : "function");
        fragment.putObject(custom ? "custom" : "function")
                .put("name", call.name())
                .put(custom ? "input" : "arguments", "");
        chunk(open.choice, calls(fragment), out);
    }

    private void end(int block, SseWriter out) {
        Open open = blocks.remove(block);
        if (open != null && !open.scored.isEmpty()) {
            said(open, Json.object(), out);
        }
    }

    private void delta(Open open, String text, SseWriter out) {
        ObjectNode delta = Json.object();
        switch (open.kind) {
            case BlockKind.Text ignored -> {
                textLengths.merge(open.choice, text.codePointCount(0, text.length()), Integer::sum);
                said(open, delta.put("content", text), out);
                return;
            }
            case BlockKind.Refusal ignored -> delta.put("refusal", text);
            case BlockKind.Thinking ignored -> delta.put("reasoning_content", reasoning(open, text));
            case BlockKind.ToolCall call -> delta = calls(callFragment(open, call, text));
            case BlockKind.RedactedThinking ignored -> {
                return;
            }
            case BlockKind.Opaque ignored -> {
                return;
            }
        }
        chunk(open.choice, delta, out);
    }

    /** Joins the thoughts of several blocks as a whole answer does. */
    private String reasoning(Open open, String text) {
        boolean joins = open.thinking.isEmpty() && !reasoned.add(open.choice);
        open.thinking.append(text);
        return joins ? ChatAnswerWriter.BETWEEN_THOUGHTS + text : text;
    }

    private void cite(Open open, Citation citation, SseWriter out) {
        if (ChatAnswerWriter.isOfPage(citation)) {
            ObjectNode delta = Json.object();
            delta.putArray("annotations").add(ChatAnswerWriter.annotation(citation.shifted(open.textBefore)));
            chunk(open.choice, delta, out);
        }
    }

    private void sign(Open open, Signature signature, SseWriter out) {
        switch (open.kind) {
            case BlockKind.Thinking ignored -> {
                ObjectNode delta = Json.object();
                delta.putArray("reasoning_details")
                        .add(ChatReasoning.signed(open.thinking.toString(), signature, details++));
                chunk(open.choice, delta, out);
            }
            case BlockKind.ToolCall call -> {
                // The official SDK refuses a fragment without its function.
                ObjectNode fragment = callFragment(open, call, "");
                fragment.putObject("extra_content")
                        .putObject("google")
                        .put("thought_signature", SignatureCarrier.write(signature, Vendor.GOOGLE));
                chunk(open.choice, calls(fragment), out);
            }
            default -> {}
        }
    }

    private void complete(SseWriter out) {
        for (AnswerEvent.Finished finish : finished) {
            role(finish.choice(), out);
            String reason = ChatStopReasons.write(finish.reason(), refusals.contains(finish.choice()));
            chunk(finish.choice(), Json.object(), "", reason, out);
        }
        if (context.request().includeUsage()) {
            String counted = Json.text(ChatUsage.write(usage));
            out.data((head + ",\"choices\":[],\"usage\":" + counted + "}").getBytes(StandardCharsets.UTF_8));
        }
        out.data(DONE);
    }

    private static ObjectNode callFragment(Open open, BlockKind.ToolCall call, String text) {
        boolean custom = call.toolKind() == ToolKind.CUSTOM;
        ObjectNode fragment = Json.object().put("index", open.toolIndex);
        fragment.putObject(custom ? "custom" : "function").put(custom ? "input" : "arguments", text);
        return fragment;
    }

    private static ObjectNode calls(ObjectNode fragment) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls").add(fragment);
        return delta;
    }

    /** Text with what is known of its tokens. */
    private void said(Open open, ObjectNode delta, SseWriter out) {
        String logprobs =
                open.scored.isEmpty() ? "" : ",\"logprobs\":" + Json.text(ChatAnswerWriter.logprobs(open.scored));
        open.scored.clear();
        chunk(open.choice, delta, logprobs, null, out);
    }

    private void chunk(int choice, ObjectNode delta, SseWriter out) {
        chunk(choice, delta, "", null, out);
    }

    private void chunk(int choice, ObjectNode delta, String logprobs, @Nullable String finish, SseWriter out) {
        String text = head + ",\"choices\":[{\"index\":" + choice + ",\"delta\":" + Json.text(delta) + logprobs
                + ",\"finish_reason\":" + (finish == null ? "null" : "\"" + finish + "\"") + "}]"
                + (context.request().includeUsage() ? ",\"usage\":null}" : "}");
        out.data(text.getBytes(StandardCharsets.UTF_8));
    }

    private Open open(int block) {
        Open open = blocks.get(block);
        if (open == null) {
            throw new IllegalStateException("event for block " + block + ", which is not open");
        }
        return open;
    }
}
