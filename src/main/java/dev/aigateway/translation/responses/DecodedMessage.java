package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.translation.OpenAiLogprobs;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** A message: each part of its content is a block of its own. Confined to its decoder. */
final class DecodedMessage implements DecodedItem {
    private final IntSupplier numbers;
    private final TreeMap<Integer, Part> parts = new TreeMap<>();

    private static final class Part {
        private final DecodedBlock block;
        private int annotations;
        private int scored;

        Part(DecodedBlock block) {
            this.block = block;
        }
    }

    DecodedMessage(IntSupplier numbers) {
        this.numbers = numbers;
    }

    @Override
    public void event(String type, JsonNode event, Consumer<AnswerEvent> out) {
        int index = event.path("content_index").asInt(0);
        switch (type) {
            case "response.output_text.delta" -> {
                score(text(index), OpenAiLogprobs.read(event.path("logprobs")), out);
                text(index).block.append(string(event, "delta"), out);
            }
            case "response.output_text.done" -> {
                scoreRest(text(index), event, out);
                text(index).block.complete(string(event, "text"), out);
            }
            case "response.output_text.annotation.added" -> annotation(text(index), event.path("annotation"), out);
            case "response.refusal.delta" -> refusal(index).block.append(string(event, "delta"), out);
            case "response.refusal.done" -> refusal(index).block.complete(string(event, "refusal"), out);
            default -> {}
        }
    }

    @Override
    public void done(JsonNode item, Consumer<AnswerEvent> out) {
        int index = 0;
        for (JsonNode content : item.path("content")) {
            switch (content.path("type").asText()) {
                case "output_text" -> {
                    Part part = text(index);
                    scoreRest(part, content, out);
                    part.block.complete(string(content, "text"), out);
                    JsonNode annotations = content.path("annotations");
                    while (part.annotations < annotations.size()) {
                        annotation(part, annotations.get(part.annotations), out);
                    }
                }
                case "refusal" -> refusal(index).block.complete(string(content, "refusal"), out);
                default -> {}
            }
            index++;
        }
        parts.values().forEach(part -> part.block.end(out));
    }

    private static void score(Part part, List<TokenLogprob> tokens, Consumer<AnswerEvent> out) {
        if (!tokens.isEmpty()) {
            part.scored += tokens.size();
            out.accept(new AnswerEvent.Scored(part.block.open(out), tokens));
        }
    }

    /** The end repeats all tokens, or tells of those that the deltas were silent about. */
    private static void scoreRest(Part part, JsonNode whole, Consumer<AnswerEvent> out) {
        List<TokenLogprob> all = OpenAiLogprobs.read(whole.path("logprobs"));
        if (all.size() > part.scored) {
            score(part, all.subList(part.scored, all.size()), out);
        }
    }

    private static void annotation(Part part, JsonNode annotation, Consumer<AnswerEvent> out) {
        part.annotations++;
        ResponsesContentReader.citation(annotation)
                .ifPresent(citation -> out.accept(new AnswerEvent.Cited(part.block.open(out), citation)));
    }

    private Part text(int index) {
        return parts.computeIfAbsent(index, ignored -> new Part(new DecodedBlock(numbers, new BlockKind.Text())));
    }

    private Part refusal(int index) {
        return parts.computeIfAbsent(index, ignored -> new Part(new DecodedBlock(numbers, new BlockKind.Refusal())));
    }

    private static String string(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
