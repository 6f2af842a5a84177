package dev.aigateway.translation;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import java.util.Set;

/**
 * What a dialect does for the upstreams that speak it: writes hub requests and reads their answers.
 * Implementations are stateless CDI beans; state of one stream lives in its {@link EventDecoder}.
 */
public interface UpstreamDialect {
    Dialect dialect();

    /**
     * Writes a request. Equal conversations and targets give equal bytes, so that upstream prompt caches hit.
     *
     * @param conversation the request; its {@code model} is ignored in favour of the target's
     * @param notes takes note of what the target cannot express
     * @throws dev.aigateway.conversation.GatewayException a 400 where dropping a field would be worse than refusing
     */
    byte[] writeRequest(Conversation conversation, Target target, TranslationNotes notes);

    /**
     * Reads a whole answer.
     *
     * @throws dev.aigateway.conversation.GatewayException when the body is an error or is not an answer of this dialect
     */
    Answer readAnswer(byte[] body, Target target);

    /**
     * Whether a whole answer says nothing but that its content was blocked, found without building a tree.
     *
     * @param answer a complete JSON object
     */
    boolean isBlocked(ByteSlice answer);

    /** The members of which a whole answer has at least one; without them it is none, whatever its status says. */
    Set<String> answerMembers();

    /** The name of the member that holds the counts of a whole answer. */
    String usageMember();

    /** The counts in the value of {@link #usageMember}, read without building a tree. */
    Usage scanUsage(ByteSlice counts);

    /** A new decoder for one streamed answer. */
    EventDecoder newDecoder(Target target);

    /**
     * Undoes in an answer what {@link #writeRequest} had to do to the values of the request. The calls of the answer bear
     * the client's names already.
     */
    default Answer restore(Answer answer, Conversation request, Target target) {
        return answer;
    }

    /** The same for a stream. */
    default EventDecoder restore(EventDecoder decoder, Conversation request, Target target) {
        return decoder;
    }

    /** Reads the body of an answer whose status says that it failed; any body is accepted. */
    GatewayError readError(int status, byte[] body);

    /** A new observer for one stream that is forwarded to a client of the same dialect. */
    StreamWatch newWatch();
}
