package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of a Gemini stream: a chunk for each piece of text or thought, each call whole at its end, one last chunk
 * with finish reasons and usage, or an error object instead of everything that is left (translation reference, section
 * 14.9). Writes server-sent events; {@link GeminiArrayStream} makes a JSON array of them.
 */
final class GeminiEncoder implements EventEncoder {
    private final AnswerContext context;
    private final boolean thoughts;
    private final Map<Integer, Open> blocks = new HashMap<>();
    /** By candidate. */
    private final Map<Integer, Said> said = new HashMap<>();

    private final List<AnswerEvent.Finished> finished = new ArrayList<>();
    private String id = "";
    private Usage usage = Usage.UNKNOWN;

    private static final class Open {
        private final int choice;
        private final BlockKind kind;
        /** Code points of the candidate's text before this block. */
        private final int before;

        private final StringBuilder arguments = new StringBuilder();
        /** Tokens whose text has not been written. */
        private final List<TokenLogprob> scored = new ArrayList<>();

        private @Nullable Signature signature;

        Open(int choice, BlockKind kind, int before) {
            this.choice = choice;
            this.kind = kind;
            this.before = before;
        }
    }

    /** What a candidate has said; its citations count in this text. */
    private static final class Said {
        private final StringBuilder text = new StringBuilder();
        private final List<Citation> citations = new ArrayList<>();
    }

    GeminiEncoder(AnswerContext context) {
        this.context = context;
        this.thoughts = GeminiAnswerParts.showsThoughts(context);
    }

    @Override
    public void encode(AnswerEvent event, SseWriter out) {
        switch (event) {
            case AnswerEvent.Started(var upstreamId, var model, var counted) -> {
                id = upstreamId;
                usage = usage.merge(counted);
            }
            case AnswerEvent.BlockStarted(var block, var choice, var kind) -> start(block, choice, kind, out);
            case AnswerEvent.Delta(var block, var text) -> delta(open(block), text, out);
            case AnswerEvent.Scored(var block, var tokens) -> open(block).scored.addAll(tokens);
            case AnswerEvent.Signed(var block, var signature) -> open(block).signature = signature;
            case AnswerEvent.Cited(var block, var citation) -> {
                Open open = open(block);
                said(open.choice).citations.add(citation.shifted(open.before));
            }
            case AnswerEvent.BlockEnded(var block) -> end(open(block), out);
            case AnswerEvent.UsageReported(var later) -> usage = usage.merge(later);
            case AnswerEvent.Finished finish -> finished.add(finish);
            case AnswerEvent.Completed ignored -> complete(out);
            case AnswerEvent.Failed(var error) -> write(GeminiErrors.write(error), out);
            case AnswerEvent.Ping ignored -> keepalive(out);
        }
    }

    @Override
    public void keepalive(SseWriter out) {
        out.comment("keep-alive");
    }

    /** One event with the line ends that Google sends. */
    static void write(byte[] data, SseWriter out) {
        out.ascii("data: ");
        out.raw(data, 0, data.length);
        out.ascii("\r\n\r\n");
    }

    private void start(int block, int choice, BlockKind kind, SseWriter out) {
        String text = said(choice).text.toString();
        blocks.put(block, new Open(choice, kind, text.codePointCount(0, text.length())));
        switch (kind) {
            case BlockKind.RedactedThinking(var vendor, var data)
            when thoughts -> {
                Optional<Signature> signature = Optional.of(new Signature(vendor, data));
                part(choice, GeminiAnswerParts.sign(GeminiAnswerParts.thought(""), signature), out);
            }
            case BlockKind.Opaque(var dialect, var type, var raw)
            when dialect == Dialect.GEMINI -> part(choice, Json.verbatim(raw), out);
            default -> {}
        }
    }

    private void delta(Open open, String text, SseWriter out) {
        switch (open.kind) {
            case BlockKind.Text ignored -> {
                said(open.choice).text.append(text);
                said(open, text, out);
            }
            case BlockKind.Refusal ignored -> part(open.choice, GeminiAnswerParts.text(text), out);
            case BlockKind.Thinking ignored -> {
                if (thoughts) {
                    part(open.choice, GeminiAnswerParts.thought(text), out);
                }
            }
            case BlockKind.ToolCall ignored -> open.arguments.append(text);
            case BlockKind.RedactedThinking ignored -> {}
            case BlockKind.Opaque ignored -> {}
        }
    }

    private void end(Open open, SseWriter out) {
        blocks.values().remove(open);
        Optional<Signature> signature = Optional.ofNullable(open.signature);
        if (!open.scored.isEmpty()) {
            said(open, "", out);
        }
        if (open.kind instanceof BlockKind.ToolCall(var callId, var name, var namespace, var toolKind)) {
            String arguments = open.arguments.toString();
            Block.ToolCall call =
                    new Block.ToolCall(callId, name, namespace, toolKind, arguments, signature, Optional.empty());
            part(open.choice, GeminiAnswerParts.call(call), out);
        } else if (signature.isPresent() && open.kind instanceof BlockKind.Text) {
            part(open.choice, GeminiAnswerParts.sign(GeminiAnswerParts.text(""), signature), out);
        } else if (signature.isPresent() && thoughts && open.kind instanceof BlockKind.Thinking) {
            part(open.choice, GeminiAnswerParts.sign(GeminiAnswerParts.thought(""), signature), out);
        }
    }

    /** Text with what is known of its tokens. */
    private void said(Open open, String text, SseWriter out) {
        ObjectNode candidate = candidate(open.choice, GeminiAnswerParts.text(text));
        if (!open.scored.isEmpty()) {
            candidate.set("logprobsResult", GeminiLogprobs.write(open.scored));
            open.scored.clear();
        }
        chunk(candidate, out);
    }

    private void complete(SseWriter out) {
        ObjectNode chunk = Json.object();
        ArrayNode candidates = chunk.putArray("candidates");
        for (AnswerEvent.Finished finish : finished) {
            ObjectNode candidate = candidate(finish.choice(), GeminiAnswerParts.text(""));
            candidate.put("finishReason", GeminiStopReasons.write(finish.reason()));
            Said whole = said(finish.choice());
            if (!whole.citations.isEmpty()) {
                candidate.set("groundingMetadata", GeminiGrounding.write(whole.citations, whole.text.toString()));
            }
            candidates.add(candidate);
        }
        chunk.set("usageMetadata", GeminiUsage.write(usage));
        GeminiAnswerParts.tail(chunk, id, context);
        write(Json.bytes(chunk), out);
    }

    private void part(int choice, JsonNode part, SseWriter out) {
        chunk(candidate(choice, part), out);
    }

    private void chunk(ObjectNode candidate, SseWriter out) {
        ObjectNode chunk = Json.object();
        chunk.putArray("candidates").add(candidate);
        GeminiAnswerParts.tail(chunk, id, context);
        write(Json.bytes(chunk), out);
    }

    private static ObjectNode candidate(int choice, JsonNode part) {
        ObjectNode candidate = Json.object();
        ObjectNode content = candidate.putObject("content");
        content.putArray("parts").add(part);
        content.put("role", "model");
        return candidate.put("index", choice);
    }

    private Said said(int choice) {
        return said.computeIfAbsent(choice, ignored -> new Said());
    }

    private Open open(int block) {
        Open open = blocks.get(block);
        if (open == null) {
            throw new IllegalStateException("event for block " + block + ", which is not open");
        }
        return open;
    }
}
