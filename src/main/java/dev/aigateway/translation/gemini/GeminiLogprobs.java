package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A candidate's {@code logprobsResult}: the tokens that were chosen, and beside them the likeliest at each place
 * (translation reference, section 6.2). Stateless.
 */
final class GeminiLogprobs {
    private GeminiLogprobs() {}

    /** @param result a {@code logprobsResult}; what is none holds no token */
    static List<TokenLogprob> read(JsonNode result) {
        JsonNode chosen = result.path("chosenCandidates");
        JsonNode top = result.path("topCandidates");
        List<TokenLogprob> tokens = new ArrayList<>(chosen.size());
        for (int i = 0; i < chosen.size(); i++) {
            List<TokenLogprob> others = new ArrayList<>();
            top.path(i)
                    .path("candidates")
                    .forEach(other -> token(other, List.of()).ifPresent(others::add));
            token(chosen.get(i), List.copyOf(others)).ifPresent(tokens::add);
        }
        return List.copyOf(tokens);
    }

    static ObjectNode write(List<TokenLogprob> tokens) {
        ObjectNode result = Json.object();
        ArrayNode chosen = result.putArray("chosenCandidates");
        tokens.forEach(token -> chosen.add(token(token)));
        if (tokens.stream().anyMatch(token -> !token.top().isEmpty())) {
            ArrayNode top = result.putArray("topCandidates");
            tokens.forEach(token -> {
                ArrayNode others = top.addObject().putArray("candidates");
                token.top().forEach(other -> others.add(token(other)));
            });
        }
        return result;
    }

    /** Numbers that are left out are zeros: the token was certain. */
    private static Optional<TokenLogprob> token(JsonNode node, List<TokenLogprob> top) {
        return node.path("token").isTextual()
                ? Optional.of(new TokenLogprob(
                        node.get("token").textValue(),
                        Optional.empty(),
                        node.path("logProbability").decimalValue(),
                        top))
                : Optional.empty();
    }

    private static ObjectNode token(TokenLogprob token) {
        return Json.object().put("token", token.token()).put("logProbability", token.logprob());
    }
}
