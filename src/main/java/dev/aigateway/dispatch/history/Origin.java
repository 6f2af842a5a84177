package dev.aigateway.dispatch.history;

import dev.aigateway.routing.state.Subject;
import java.util.Optional;

/**
 * Where a response came from.
 *
 * @param conversation the number of its conversation; empty when routing never asked for that
 * @param keeper the key that gave it, if the provider keeps it, and the provider's model
 */
public record Origin(Optional<Long> conversation, Optional<Subject> keeper) {
    boolean saysNothing() {
        return conversation.isEmpty() && keeper.isEmpty();
    }

    /** About, in bytes. */
    int size() {
        return keeper.map(key -> key.provider().length()
                        + key.key().length()
                        + key.model().length())
                .orElse(0);
    }
}
