package dev.aigateway.routing;

import dev.aigateway.routing.state.Cause;
import java.util.Optional;

/**
 * Somebody is left alone for a while.
 *
 * @param model the only one that it is about; empty means all
 * @param until in milliseconds since the epoch
 * @param secondsLeft rounded up
 */
public record Sparing(Optional<String> model, Optional<Cause> cause, long until, long secondsLeft) {
    static Sparing of(String model, Optional<Cause> cause, long until, long now) {
        return new Sparing(
                model.isEmpty() ? Optional.empty() : Optional.of(model), cause, until, (until - now + 999) / 1000);
    }
}
