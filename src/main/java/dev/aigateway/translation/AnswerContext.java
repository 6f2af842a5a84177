package dev.aigateway.translation;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Reasoning;
import java.time.Instant;
import java.util.Optional;

/**
 * What an encoder needs to know beside the events.
 *
 * @param requestId our id of the exchange; seeds the ids that must be invented
 * @param model the model name the client asked for and will see
 * @param request the client's request, for dialects that echo parts of it
 * @param storage what becomes of the answer, for dialects whose clients may ask for it again
 */
public record AnswerContext(String requestId, String model, Instant created, Conversation request, Storage storage) {
    public AnswerContext(String requestId, String model, Instant created, Conversation request) {
        this(requestId, model, created, request, Storage.NONE);
    }

    /**
     * The answer's place in a stored conversation.
     *
     * @param kept whether the gateway keeps the answer, which then has an id that is the gateway's own
     * @param previousId the response that the request continues
     */
    public record Storage(boolean kept, Optional<String> previousId) {
        public static final Storage NONE = new Storage(false, Optional.empty());
    }

    /** The same for a reader that wants all encrypted reasoning. */
    public AnswerContext withEncryptedReasoning() {
        Reasoning asked = request.reasoning();
        Reasoning all = new Reasoning(asked.depth(), asked.wantsText(), true);
        return new AnswerContext(requestId, model, created, request.withReasoning(all), storage);
    }
}
