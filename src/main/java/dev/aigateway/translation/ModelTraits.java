package dev.aigateway.translation;

/**
 * What a model accepts. Unknown models get optimistic defaults, see {@link ModelCatalog}.
 *
 * @param thinking how its reasoning is asked for
 * @param thinkingCanBeOff whether reasoning can be switched off
 * @param maxOutputTokens the most it generates
 * @param sampling whether temperature, top_p and top_k may differ from their defaults
 * @param temperatureWithTopP whether temperature and top_p may be given together
 * @param stopSequences whether stop sequences are accepted
 * @param structuredOutput whether it takes a JSON schema for its answer natively
 * @param prefill whether the last message may be the assistant's
 * @param systemInMiddle whether instructions may stand between turns
 */
public record ModelTraits(
        Thinking thinking,
        boolean thinkingCanBeOff,
        int maxOutputTokens,
        boolean sampling,
        boolean temperatureWithTopP,
        boolean stopSequences,
        boolean structuredOutput,
        boolean prefill,
        boolean systemInMiddle) {

    /** The same model, which turned out not to take JSON schemas as they are. */
    public ModelTraits withoutStructuredOutput() {
        return new ModelTraits(
                thinking,
                thinkingCanBeOff,
                maxOutputTokens,
                sampling,
                temperatureWithTopP,
                stopSequences,
                false,
                prefill,
                systemInMiddle);
    }

    public enum Thinking {
        /** No reasoning to ask for. */
        NONE,
        /** A number of tokens: Claude up to 4.5, Gemini 2.5. */
        BUDGET,
        /** An effort word or level: OpenAI reasoning models, Gemini 3. */
        EFFORT,
        /** The model decides, guided by an effort: Claude 4.6 and later. */
        ADAPTIVE
    }
}
