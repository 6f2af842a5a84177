package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.dispatch.history.Affinities;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a request has in common with the others of its conversation: the number of the response that it continues, else
 * its {@link ConversationHash}. Found only if routing asks for it; then the answer's id is remembered with it. Confined to
 * one exchange.
 */
final class Affinity implements LongSupplier {
    private final ClientRequest request;
    private final Affinities memory;
    private Optional<Long> value = Optional.empty();
    private boolean kept;

    Affinity(ClientRequest request, Affinities memory) {
        this.request = request;
        this.memory = memory;
    }

    @Override
    public long getAsLong() {
        if (value.isEmpty()) {
            value = Optional.of(earlier().orElseGet(() -> ConversationHash.of(request)));
        }
        return value.get();
    }

    private Optional<Long> earlier() {
        return isContinuable() ? memory.find(request.owner(), request.envelope().body()) : Optional.empty();
    }

    /** The same answer; its first item, which has the id, is noticed. */
    Multi<Buffer> following(Multi<Buffer> answer) {
        return isContinuable() ? answer.onItem().invoke(this::keep) : answer;
    }

    private void keep(Buffer item) {
        if (!kept) {
            kept = true;
            value.ifPresent(number -> memory.put(request.owner(), item.getBytes(), number));
        }
    }

    /** Clients of all other protocols send the whole conversation each time. */
    private boolean isContinuable() {
        return request.dialect() == Dialect.RESPONSES;
    }
}
