package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.splice.Envelope;
import java.util.Map;

/**
 * A client's request, read and authenticated.
 *
 * @param id our id of the exchange, shown to the client
 * @param owner whose request it is; an owner's stored responses are its own
 * @param model the model asked for, or the configured default
 * @param forwarded client headers that a same-dialect upstream should see
 */
public record ClientRequest(
        String id, String owner, Dialect dialect, String model, Envelope envelope, Map<String, String> forwarded) {
    public boolean stream() {
        return envelope.stream();
    }
}
