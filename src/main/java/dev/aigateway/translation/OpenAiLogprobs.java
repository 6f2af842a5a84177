package dev.aigateway.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Log probabilities in the form that Chat and Responses share (translation reference, sections 3.2 and 7.3). Bytes that an
 * upstream did not tell are those of the token's text. Stateless.
 */
public final class OpenAiLogprobs {
    private OpenAiLogprobs() {}

    /** @param tokens an array; what is none holds no token */
    public static List<TokenLogprob> read(JsonNode tokens) {
        List<TokenLogprob> read = new ArrayList<>(tokens.size());
        if (tokens.isArray()) {
            tokens.forEach(token -> token(token).ifPresent(read::add));
        }
        return List.copyOf(read);
    }

    public static ArrayNode write(List<TokenLogprob> tokens) {
        ArrayNode array = Json.array();
        for (TokenLogprob token : tokens) {
            ObjectNode node = write(token);
            node.set("top_logprobs", Json.array());
            token.top().forEach(other -> ((ArrayNode) node.get("top_logprobs")).add(write(other)));
            array.add(node);
        }
        return array;
    }

    private static Optional<TokenLogprob> token(JsonNode node) {
        return node.path("token").isTextual() && node.path("logprob").isNumber()
                ? Optional.of(new TokenLogprob(
                        node.get("token").textValue(),
                        bytes(node.path("bytes")),
                        node.get("logprob").decimalValue(),
                        read(node.path("top_logprobs"))))
                : Optional.empty();
    }

    private static Optional<List<Integer>> bytes(JsonNode bytes) {
        return bytes.isArray()
                ? Optional.of(bytes.valueStream().map(JsonNode::asInt).toList())
                : Optional.empty();
    }

    private static ObjectNode write(TokenLogprob token) {
        ObjectNode node = Json.object().put("token", token.token()).put("logprob", token.logprob());
        ArrayNode bytes = node.putArray("bytes");
        token.bytes().ifPresentOrElse(known -> known.forEach(bytes::add), () -> {
            for (byte b : token.token().getBytes(StandardCharsets.UTF_8)) {
                bytes.add(Byte.toUnsignedInt(b));
            }
        });
        return node;
    }
}
