package dev.aigateway.translation.completions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.translation.Json;
import java.util.List;

/** Log probabilities as parallel arrays, each token with its place in the text (translation reference, 3.4). Stateless. */
final class CompletionsLogprobs {
    private CompletionsLogprobs() {}

    /** @param offset code points of the choice's text before the first of the tokens */
    static ObjectNode write(List<TokenLogprob> tokens, int offset) {
        ObjectNode logprobs = Json.object();
        ArrayNode texts = logprobs.putArray("tokens");
        ArrayNode numbers = logprobs.putArray("token_logprobs");
        ArrayNode tops = logprobs.putArray("top_logprobs");
        ArrayNode offsets = logprobs.putArray("text_offset");
        int at = offset;
        for (TokenLogprob token : tokens) {
            texts.add(token.token());
            numbers.add(token.logprob());
            ObjectNode top = Json.object();
            token.top().forEach(other -> top.put(other.token(), other.logprob()));
            tops.add(top);
            offsets.add(at);
            at += length(token);
        }
        return logprobs;
    }

    /** The code points that the tokens stand for. */
    static int length(List<TokenLogprob> tokens) {
        return tokens.stream().mapToInt(CompletionsLogprobs::length).sum();
    }

    private static int length(TokenLogprob token) {
        return token.token().codePointCount(0, token.token().length());
    }
}
