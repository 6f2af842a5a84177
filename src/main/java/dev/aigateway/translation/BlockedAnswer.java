package dev.aigateway.translation;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.GatewayError;

/**
 * An answer that says nothing but that the provider blocked the content. The client gets it as it is, unless another
 * model stands in for the one that gave it: then it is a failure like a refusal by status. Stateless.
 */
public final class BlockedAnswer {
    private BlockedAnswer() {}

    public static GatewayError error() {
        return GatewayError.of(
                GatewayError.Kind.CONTENT_BLOCKED, "The provider blocked the content and gave no answer to it.");
    }

    /** @throws dev.aigateway.conversation.GatewayException when it is one */
    public static Answer refuse(Answer answer) {
        if (answer.isBlocked()) {
            throw error().toException();
        }
        return answer;
    }
}
