package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.dispatch.history.Affinities;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.dispatch.history.Origin;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.state.Subject;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a request has in common with the others of its conversation: who keeps the response that it continues, and the
 * number of that response, else its {@link ConversationHash}, which is found only if routing asks for it. The same is
 * remembered of the answer by its id. Confined to one exchange.
 */
final class Affinity implements LongSupplier {
    private final ClientRequest request;
    private final Affinities memory;
    private final Optional<Subject> keeper;
    private Optional<Long> value;
    /** Who keeps the answer. */
    private Optional<Subject> next = Optional.empty();

    private boolean kept;

    Affinity(ClientRequest request, History history, Affinities memory) {
        this.request = request;
        this.memory = memory;
        Optional<Origin> earlier = history.storage().previousId().flatMap(id -> memory.find(request.owner(), id));
        // What is kept here goes to whoever serves the request.
        this.keeper = history.isKept() ? Optional.empty() : earlier.flatMap(Origin::keeper);
        this.value = earlier.flatMap(Origin::conversation);
    }

    @Override
    public long getAsLong() {
        if (value.isEmpty()) {
            value = Optional.of(ConversationHash.of(request));
        }
        return value.get();
    }

    /** Who keeps the response that the request continues; empty when no provider does, or none that is known. */
    Optional<Subject> keeper() {
        return keeper;
    }

    /**
     * A candidate is asked: one that gives a Responses answer of its own keeps it, too. A new token in a key's file does not
     * make another account of it.
     */
    void asks(Candidate candidate) {
        boolean keeps = candidate.provider().dialectFor(request.dialect(), candidate.model()) == Dialect.RESPONSES;
        next = keeps ? Optional.of(Subject.key(candidate.switchId(), candidate.model())) : Optional.empty();
    }

    /** The same answer; its first item, which has the id, is noticed. */
    Multi<Buffer> following(Multi<Buffer> answer) {
        return isContinuable() ? answer.onItem().invoke(this::keep) : answer;
    }

    private void keep(Buffer item) {
        if (!kept) {
            kept = true;
            memory.put(request.owner(), item.getBytes(), new Origin(value, next));
        }
    }

    /** Clients of all other protocols send the whole conversation each time. */
    private boolean isContinuable() {
        return request.dialect() == Dialect.RESPONSES;
    }
}
