package dev.aigateway.translation.completions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.chat.ChatErrors;
import dev.aigateway.translation.chat.ChatUsage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of a legacy stream: pieces of text, one finish chunk for each choice, the usage chunk where the client asked
 * for it, {@code [DONE]}; an error object instead of everything that is left. Reasoning and calls are not shown.
 */
final class CompletionsEncoder implements EventEncoder {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final AnswerContext context;
    /** Choices of the open blocks whose text is visible. */
    private final Map<Integer, Integer> visible = new HashMap<>();

    /** Tokens whose text has not been written, by choice. */
    private final Map<Integer, List<TokenLogprob>> scored = new HashMap<>();
    /** Code points of each choice's text before its next token. */
    private final Map<Integer, Integer> offsets = new HashMap<>();

    private final Set<Integer> begun = new HashSet<>();
    private final Set<Integer> refusals = new HashSet<>();
    private final List<AnswerEvent.Finished> finished = new ArrayList<>();
    private String id = "";
    private Usage usage = Usage.UNKNOWN;

    CompletionsEncoder(AnswerContext context) {
        this.context = context;
    }

    @Override
    public void encode(AnswerEvent event, SseWriter out) {
        switch (event) {
            case AnswerEvent.Started(var upstreamId, var model, var counted) -> {
                usage = usage.merge(counted);
                id = CompletionsEcho.id(upstreamId, context);
                begin(0, out);
            }
            case AnswerEvent.BlockStarted(var block, var choice, var kind) -> open(block, choice, kind);
            case AnswerEvent.Delta(var block, var text) -> delta(block, text, out);
            case AnswerEvent.Scored(var block, var tokens) -> score(block, tokens);
            case AnswerEvent.BlockEnded(var block) -> end(block, out);
            case AnswerEvent.UsageReported(var later) -> usage = usage.merge(later);
            case AnswerEvent.Finished finish -> finished.add(finish);
            case AnswerEvent.Completed ignored -> complete(out);
            case AnswerEvent.Failed(var error) -> out.data(ChatErrors.write(error));
            case AnswerEvent.Ping ignored -> keepalive(out);
            case AnswerEvent.Signed ignored -> {}
            case AnswerEvent.Cited ignored -> {}
        }
    }

    @Override
    public void keepalive(SseWriter out) {
        out.comment("keep-alive");
    }

    private void open(int block, int choice, BlockKind kind) {
        if (kind instanceof BlockKind.Refusal) {
            refusals.add(choice);
        }
        if (kind instanceof BlockKind.Text || kind instanceof BlockKind.Refusal) {
            visible.put(block, choice);
        }
    }

    private void score(int block, List<TokenLogprob> tokens) {
        Integer choice = visible.get(block);
        if (choice != null) {
            scored.computeIfAbsent(choice, ignored -> new ArrayList<>()).addAll(tokens);
        }
    }

    private void end(int block, SseWriter out) {
        Integer choice = visible.remove(block);
        if (choice != null && scored.containsKey(choice)) {
            chunk(choice, "", null, out);
        }
    }

    private void delta(int block, String text, SseWriter out) {
        Integer choice = visible.get(block);
        if (choice != null) {
            begin(choice, out);
            chunk(choice, text, null, out);
        }
    }

    /** The echoed prompt comes before everything else of a choice. */
    private void begin(int choice, SseWriter out) {
        String prompt = CompletionsEcho.prompt(context.request());
        if (begun.add(choice) && !prompt.isEmpty()) {
            chunk(choice, prompt, null, out);
        }
    }

    private void complete(SseWriter out) {
        for (AnswerEvent.Finished finish : finished) {
            begin(finish.choice(), out);
            String reason = CompletionsEcho.finish(finish.reason(), refusals.contains(finish.choice()));
            chunk(finish.choice(), "", reason, out);
        }
        if (context.request().includeUsage()) {
            ObjectNode chunk = head();
            chunk.putArray("choices");
            chunk.set("usage", ChatUsage.write(usage));
            out.data(Json.bytes(chunk));
        }
        out.data(DONE);
    }

    private void chunk(int choice, String text, @Nullable String finish, SseWriter out) {
        ObjectNode chunk = head();
        ObjectNode node =
                chunk.putArray("choices").addObject().put("text", text).put("index", choice);
        List<TokenLogprob> tokens = scored.remove(choice);
        node.set("logprobs", tokens == null ? null : logprobs(choice, tokens));
        node.put("finish_reason", finish);
        if (context.request().includeUsage()) {
            chunk.putNull("usage");
        }
        out.data(Json.bytes(chunk));
    }

    private ObjectNode logprobs(int choice, List<TokenLogprob> tokens) {
        int before = offsets.getOrDefault(choice, 0);
        offsets.put(choice, before + CompletionsLogprobs.length(tokens));
        return CompletionsLogprobs.write(tokens, before);
    }

    private ObjectNode head() {
        return Json.object()
                .put("id", id)
                .put("object", "text_completion")
                .put("created", context.created().getEpochSecond())
                .put("model", context.model());
    }
}
