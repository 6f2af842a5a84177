package dev.aigateway.translation.completions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.chat.ChatUsage;
import java.util.ArrayList;
import java.util.List;

/** Writes the visible text of an answer as a {@code text_completion} (sections 3.4 and 18.2). Stateless. */
final class CompletionsAnswerWriter {
    private CompletionsAnswerWriter() {}

    static byte[] write(Answer answer, AnswerContext context) {
        ObjectNode body = Json.object()
                .put("id", CompletionsEcho.id(answer.id(), context))
                .put("object", "text_completion")
                .put("created", context.created().getEpochSecond())
                .put("model", context.model());
        ArrayNode choices = body.putArray("choices");
        String prompt = CompletionsEcho.prompt(context.request());
        for (int i = 0; i < answer.candidates().size(); i++) {
            choices.add(choice(i, prompt, answer.candidates().get(i)));
        }
        body.set("usage", ChatUsage.write(answer.usage()));
        return Json.bytes(body);
    }

    private static ObjectNode choice(int index, String prompt, Answer.Candidate candidate) {
        StringBuilder text = new StringBuilder(prompt);
        List<TokenLogprob> scored = new ArrayList<>();
        boolean refusal = false;
        for (Block block : candidate.blocks()) {
            if (block instanceof Block.Text said) {
                text.append(said.text());
                scored.addAll(said.logprobs());
            } else if (block instanceof Block.Refusal(var words)) {
                refusal = true;
                text.append(words);
            }
        }
        ObjectNode choice = Json.object().put("text", text.toString()).put("index", index);
        choice.set("logprobs", scored.isEmpty() ? null : CompletionsLogprobs.write(scored, 0));
        return choice.put("finish_reason", CompletionsEcho.finish(candidate.reason(), refusal));
    }
}
