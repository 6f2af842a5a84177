package dev.aigateway.conversation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How tokens are chosen and when generation stops.
 *
 * @param maxOutputTokens upper bound, reasoning included
 * @param stop stop sequences, in the client's order
 * @param candidates how many alternative answers are wanted; 1 unless the client said otherwise
 * @param logitBias token id to bias, as the client's JSON object
 * @param logprobs whether token probabilities are wanted
 */
public record Sampling(
        OptionalInt maxOutputTokens,
        Optional<BigDecimal> temperature,
        Optional<BigDecimal> topP,
        OptionalInt topK,
        OptionalLong seed,
        Optional<BigDecimal> presencePenalty,
        Optional<BigDecimal> frequencyPenalty,
        List<String> stop,
        int candidates,
        Optional<RawJson> logitBias,
        boolean logprobs,
        OptionalInt topLogprobs) {
    public static final Sampling DEFAULT = new Sampling(
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            1,
            Optional.empty(),
            false,
            OptionalInt.empty());
}
