package dev.aigateway.dispatch;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.TranslationNotes;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The client's request in the hub's form. It is read when it is first wanted and never again, whether that worked or not,
 * since the outcome is the same for all candidates. Confined to one exchange.
 */
final class ReadRequest {
    private final ClientRequest request;
    private final Supplier<byte[]> body;
    private final ClientDialect client;
    private final UnaryOperator<Conversation> completion;
    /** What the hub could not hold. */
    private final TranslationNotes notes;

    private @Nullable Conversation conversation;
    private @Nullable GatewayException failure;

    /**
     * @param body with the history that the request refers to
     * @param completion adds what the client could not carry
     */
    ReadRequest(
            ClientRequest request,
            Supplier<byte[]> body,
            ClientDialect client,
            UnaryOperator<Conversation> completion,
            boolean strict) {
        this.request = request;
        this.body = body;
        this.client = client;
        this.completion = completion;
        this.notes = new TranslationNotes(strict);
    }

    /** @throws GatewayException a 400 when the request cannot be read */
    Conversation conversation() {
        if (failure != null) {
            throw failure;
        }
        Conversation read = conversation;
        if (read == null) {
            read = read();
            conversation = read;
        }
        return read;
    }

    void copyNotesTo(TranslationNotes others) {
        notes.copyTo(others);
    }

    private Conversation read() {
        try {
            return completion.apply(client.readRequest(request.model(), request.stream(), body.get(), notes));
        } catch (GatewayException e) {
            failure = e;
            throw e;
        }
    }
}
