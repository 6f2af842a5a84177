package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a whole answer as a {@code GenerateContentResponse} (translation reference, sections 6.2 and 7.3). */
final class GeminiAnswerWriter {
    private final boolean thoughts;
    private final ArrayNode parts = Json.array();
    private final StringBuilder text = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();
    private final List<TokenLogprob> scored = new ArrayList<>();

    private GeminiAnswerWriter(boolean thoughts) {
        this.thoughts = thoughts;
    }

    static byte[] write(Answer answer, AnswerContext context) {
        ObjectNode body = Json.object();
        ArrayNode candidates = body.putArray("candidates");
        for (Answer.Candidate candidate : answer.candidates()) {
            boolean thoughts = GeminiAnswerParts.showsThoughts(context);
            candidates.add(new GeminiAnswerWriter(thoughts).candidate(candidate, candidates.size()));
        }
        body.set("usageMetadata", GeminiUsage.write(answer.usage()));
        GeminiAnswerParts.tail(body, answer.id(), context);
        return Json.bytes(body);
    }

    private ObjectNode candidate(Answer.Candidate candidate, int index) {
        candidate.blocks().forEach(this::block);
        ObjectNode node = Json.object();
        ObjectNode content = node.putObject("content");
        content.set("parts", parts);
        content.put("role", "model");
        node.put("finishReason", GeminiStopReasons.write(candidate.reason())).put("index", index);
        if (!citations.isEmpty()) {
            node.set("groundingMetadata", GeminiGrounding.write(citations, text.toString()));
        }
        if (!scored.isEmpty()) {
            node.set("logprobsResult", GeminiLogprobs.write(scored));
        }
        return node;
    }

    private void block(Block block) {
        switch (block) {
            case Block.Text said -> {
                int before = text.codePointCount(0, text.length());
                said.citations().forEach(citation -> citations.add(citation.shifted(before)));
                text.append(said.text());
                scored.addAll(said.logprobs());
                add(GeminiAnswerParts.text(said.text()), said.signature());
            }
            case Block.Refusal(var words) -> add(GeminiAnswerParts.text(words), Optional.empty());
            case Block.ToolCall call -> parts.add(GeminiAnswerParts.call(call));
            case Block.Thinking(var thought, var signature)
            when thoughts -> add(GeminiAnswerParts.thought(thought), signature);
            case Block.RedactedThinking(var vendor, var data)
            when thoughts -> add(GeminiAnswerParts.thought(""), Optional.of(new Signature(vendor, data)));
            case Block.Opaque(var dialect, var type, var raw)
            when dialect == Dialect.GEMINI -> parts.add(Json.verbatim(raw));
            default -> {}
        }
    }

    private void add(ObjectNode part, Optional<Signature> signature) {
        if (!part.path("text").asText().isEmpty() || signature.isPresent()) {
            parts.add(GeminiAnswerParts.sign(part, signature));
        }
    }
}
