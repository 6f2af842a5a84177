package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.UpstreamErrors;
import dev.aigateway.translation.tools.CallIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one candidate of an answer (translation reference, section 14.5). At most one text or thought is open at a
 * time; a call comes whole. Confined to its decoder.
 */
final class GeminiCandidate {
    private final int index;
    private final GeminiDecoder.BlockNumbers numbers;
    private final Set<String> callIds = new HashSet<>();
    private final Set<Citation> cited = new HashSet<>();

    /** Tokens whose text has not come. */
    private final List<TokenLogprob> scored = new ArrayList<>();

    private @Nullable Open open;
    private boolean content;
    private boolean calls;
    private String finish = "";
    private String finishMessage = "";

    private static final class Open {
        private final int number;
        private final BlockKind kind;
        private final StringBuilder text = new StringBuilder();

        Open(int number, BlockKind kind) {
            this.number = number;
            this.kind = kind;
        }
    }

    GeminiCandidate(int index, GeminiDecoder.BlockNumbers numbers) {
        this.index = index;
        this.numbers = numbers;
    }

    void chunk(JsonNode candidate, Consumer<AnswerEvent> out) {
        scored.addAll(GeminiLogprobs.read(candidate.path("logprobsResult")));
        candidate.path("content").path("parts").forEach(part -> part(part, out));
        if (candidate.path("groundingMetadata").isObject()) {
            cite(candidate.get("groundingMetadata"), out);
        }
        String reason = candidate.path("finishReason").asText("");
        if (!reason.isEmpty() && !reason.equals("FINISH_REASON_UNSPECIFIED")) {
            finish = reason;
            finishMessage = candidate.path("finishMessage").asText("");
        }
    }

    boolean isFinished() {
        return !finish.isEmpty();
    }

    /** Why what has come is no answer, although it is complete. */
    Optional<GatewayError> failure() {
        if (!GeminiStopReasons.isFailure(finish, content)) {
            return Optional.empty();
        }
        String message = finishMessage.isEmpty() ? "The model ended its answer with " + finish + "." : finishMessage;
        return Optional.of(new GatewayError(
                GatewayError.Kind.BAD_GATEWAY,
                GatewayError.Kind.BAD_GATEWAY.status(),
                UpstreamErrors.clean(message),
                Optional.of(finish),
                Optional.empty(),
                Optional.empty()));
    }

    AnswerEvent.Finished finished() {
        return new AnswerEvent.Finished(index, GeminiStopReasons.read(finish, calls), Optional.empty());
    }

    void endBlock(Consumer<AnswerEvent> out) {
        if (open != null) {
            tellScores(open, out);
            out.accept(new AnswerEvent.BlockEnded(open.number));
            open = null;
        }
    }

    private void part(JsonNode part, Consumer<AnswerEvent> out) {
        Optional<Signature> signature = Optional.of(
                        part.path("thoughtSignature").asText(""))
                .filter(text -> !text.isEmpty())
                .map(GeminiSignatures::read);
        if (part.path("functionCall").isObject()) {
            call(part.get("functionCall"), signature, out);
        } else if (part.path("executableCode").isObject()) {
            text(new BlockKind.Text(), CodeText.code(part.get("executableCode")), out);
        } else if (part.path("codeExecutionResult").isObject()) {
            text(new BlockKind.Text(), CodeText.result(part.get("codeExecutionResult")), out);
        } else if (part.has("text") || signature.isPresent()) {
            boolean thought = part.path("thought").asBoolean(false);
            text(
                    thought ? new BlockKind.Thinking() : new BlockKind.Text(),
                    part.path("text").asText(""),
                    out);
            signature.ifPresent(value -> sign(value, out));
        } else if (part instanceof ObjectNode object && !object.isEmpty()) {
            opaque(object, out);
        }
    }

    private void text(BlockKind kind, String text, Consumer<AnswerEvent> out) {
        if (text.isEmpty()) {
            return;
        }
        Open block = open != null && open.kind.equals(kind) ? open : start(kind, out);
        content = true;
        block.text.append(text);
        tellScores(block, out);
        out.accept(new AnswerEvent.Delta(block.number, text));
    }

    private void tellScores(Open block, Consumer<AnswerEvent> out) {
        if (!scored.isEmpty() && block.kind instanceof BlockKind.Text) {
            out.accept(new AnswerEvent.Scored(block.number, List.copyOf(scored)));
            scored.clear();
        }
    }

    private Open start(BlockKind kind, Consumer<AnswerEvent> out) {
        endBlock(out);
        Open block = new Open(numbers.take(), kind);
        open = block;
        out.accept(new AnswerEvent.BlockStarted(block.number, index, kind));
        return block;
    }

    /** Also without text of its own a signature has a block: the open one, or an empty text. */
    private void sign(Signature signature, Consumer<AnswerEvent> out) {
        Open block = open == null ? start(new BlockKind.Text(), out) : open;
        out.accept(new AnswerEvent.Signed(block.number, signature));
    }

    private void call(JsonNode call, Optional<Signature> signature, Consumer<AnswerEvent> out) {
        String given = call.path("id").asText("");
        if (!given.isEmpty() && !callIds.add(given)) {
            return;
        }
        JsonNode args = call.path("args");
        String name = call.path("name").asText("");
        String arguments = args.isObject() ? Json.text(args) : "{}";
        endBlock(out);
        int number = numbers.take();
        String id = given.isEmpty() ? CallIds.invented(numbers.seed(number) + "\n" + name + "\n" + arguments) : given;
        out.accept(new AnswerEvent.BlockStarted(number, index, new BlockKind.ToolCall(id, name)));
        // Before the arguments: a dialect without a place for it in the call puts it in front of the call.
        signature.ifPresent(value -> out.accept(new AnswerEvent.Signed(number, value)));
        out.accept(new AnswerEvent.Delta(number, arguments));
        out.accept(new AnswerEvent.BlockEnded(number));
        content = true;
        calls = true;
    }

    private void opaque(ObjectNode part, Consumer<AnswerEvent> out) {
        String type = part.fieldNames().next();
        start(new BlockKind.Opaque(Dialect.GEMINI, type, Json.raw(part)), out);
        endBlock(out);
        content = true;
    }

    /** Chunks repeat what they have told of the sources before. */
    private void cite(JsonNode metadata, Consumer<AnswerEvent> out) {
        Open block = open;
        if (block == null || !(block.kind instanceof BlockKind.Text)) {
            return;
        }
        for (Citation citation : GeminiGrounding.read(metadata, block.text.toString())) {
            if (cited.add(citation)) {
                out.accept(new AnswerEvent.Cited(block.number, citation));
            }
        }
    }
}
