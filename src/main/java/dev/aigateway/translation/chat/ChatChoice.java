package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.SignatureCarrier;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one choice of a Chat stream. At most one of text, reasoning and refusal is open at a time; tool calls stay
 * open beside it until the end, since their fragments may interleave. Confined to its decoder.
 */
final class ChatChoice {
    private final int index;
    private final ChatDecoder.BlockNumbers numbers;
    private final ChatToolCalls calls;

    /** The open block that is not a tool call. */
    private @Nullable OpenBlock prose;

    /** The reasoning of the latest block of it. */
    private final StringBuilder thought = new StringBuilder();

    /** Whether reasoning has a member of its own, so that the details only repeat it. */
    private boolean plainReasoning;

    /** Tokens whose text has not come. */
    private List<TokenLogprob> scored = List.of();

    private boolean refused;
    private @Nullable String finish;

    private record OpenBlock(int number, BlockKind kind) {}

    ChatChoice(int index, ChatDecoder.BlockNumbers numbers) {
        this.index = index;
        this.numbers = numbers;
        this.calls = new ChatToolCalls(index, numbers);
    }

    void delta(JsonNode delta, Consumer<AnswerEvent> out) {
        reasoning(delta, out);
        content(delta.path("content"), out);
        if (delta.path("refusal").isTextual()) {
            refused |= prose(new BlockKind.Refusal(), delta.get("refusal").textValue(), out);
        }
        delta.path("annotations").forEach(annotation -> cite(annotation, out));
        if (delta.path("tool_calls").isArray() && !delta.path("tool_calls").isEmpty()) {
            endProse(out);
            delta.path("tool_calls").forEach(call -> calls.fragment(call, out));
        }
        if (delta.path("function_call").isObject()) {
            endProse(out);
            calls.legacy(delta.get("function_call"), out);
        }
    }

    /** Takes what is known of the tokens of the text that comes next. */
    void score(List<TokenLogprob> tokens) {
        if (!tokens.isEmpty()) {
            scored = Stream.concat(scored.stream(), tokens.stream()).toList();
        }
    }

    void finish(String reason) {
        finish = reason;
    }

    boolean isFinished() {
        return finish != null;
    }

    boolean hasNamelessCall() {
        return calls.hasNameless();
    }

    void endBlocks(Consumer<AnswerEvent> out) {
        endProse(out);
        calls.end(out);
    }

    AnswerEvent.Finished finished() {
        String reason = finish == null ? "stop" : finish;
        return new AnswerEvent.Finished(
                index, ChatStopReasons.read(reason, !calls.isEmpty(), refused), Optional.empty());
    }

    private void reasoning(JsonNode delta, Consumer<AnswerEvent> out) {
        String text = delta.path("reasoning_content").asText("");
        if (text.isEmpty() && delta.path("reasoning").isTextual()) {
            text = delta.get("reasoning").textValue();
        }
        JsonNode details = delta.path("reasoning_details");
        boolean signed = details.findValuesAsText("signature").stream().anyMatch(signature -> !signature.isEmpty());
        think(text, signed, out);
        plainReasoning |= !text.isEmpty();
        for (JsonNode detail : details) {
            detail(detail, out);
        }
    }

    private void detail(JsonNode detail, Consumer<AnswerEvent> out) {
        String signature = detail.path("signature").asText("");
        if (!plainReasoning) {
            think(detail.path("text").asText(""), !signature.isEmpty(), out);
        }
        if (!signature.isEmpty()) {
            sign(signature, out);
        }
    }

    /** The chunk that brings the signature often repeats the whole text. */
    private void think(String text, boolean signed, Consumer<AnswerEvent> out) {
        if (!text.isEmpty() && !(signed && text.contentEquals(thought))) {
            if (!isThinking()) {
                thought.setLength(0);
            }
            thought.append(text);
            prose(new BlockKind.Thinking(), text, out);
        }
    }

    /** A signature may come without any text; one for a block that has ended comes too late. */
    private void sign(String signature, Consumer<AnswerEvent> out) {
        if (!isThinking() && thought.isEmpty()) {
            open(new BlockKind.Thinking(), out);
        }
        if (prose != null && isThinking()) {
            out.accept(new AnswerEvent.Signed(prose.number, SignatureCarrier.read(signature, Vendor.OTHER)));
        }
    }

    private boolean isThinking() {
        return prose != null && prose.kind instanceof BlockKind.Thinking;
    }

    private void content(JsonNode content, Consumer<AnswerEvent> out) {
        if (content.isTextual()) {
            prose(new BlockKind.Text(), content.textValue(), out);
            return;
        }
        for (JsonNode part : content) {
            if (part.path("type").asText().equals("thinking")) {
                part.path("thinking").forEach(inner -> think(inner.path("text").asText(""), false, out));
            } else {
                prose(new BlockKind.Text(), part.path("text").asText(""), out);
            }
        }
    }

    private void cite(JsonNode annotation, Consumer<AnswerEvent> out) {
        JsonNode citation = annotation.path("url_citation");
        if (citation.isObject() && prose != null && prose.kind instanceof BlockKind.Text) {
            out.accept(new AnswerEvent.Cited(
                    prose.number,
                    new Citation(
                            citation.path("url").asText(""),
                            Optional.ofNullable(citation.path("title").textValue()),
                            citation.path("start_index").asInt(-1),
                            citation.path("end_index").asInt(-1),
                            Optional.of(Json.raw(annotation)))));
        }
    }

    /** Appends to the open block of this kind, or opens one; false when there was nothing to append. */
    private boolean prose(BlockKind kind, String text, Consumer<AnswerEvent> out) {
        if (text.isEmpty()) {
            return false;
        }
        OpenBlock open = prose != null && prose.kind.equals(kind) ? prose : open(kind, out);
        tellScores(open, out);
        out.accept(new AnswerEvent.Delta(open.number, text));
        return true;
    }

    private OpenBlock open(BlockKind kind, Consumer<AnswerEvent> out) {
        endProse(out);
        OpenBlock open = new OpenBlock(numbers.take(), kind);
        prose = open;
        out.accept(new AnswerEvent.BlockStarted(open.number, index, kind));
        return open;
    }

    private void tellScores(OpenBlock open, Consumer<AnswerEvent> out) {
        if (!scored.isEmpty() && open.kind instanceof BlockKind.Text) {
            out.accept(new AnswerEvent.Scored(open.number, scored));
            scored = List.of();
        }
    }

    private void endProse(Consumer<AnswerEvent> out) {
        if (prose != null) {
            tellScores(prose, out);
            out.accept(new AnswerEvent.BlockEnded(prose.number));
            prose = null;
        }
    }
}
