package dev.aigateway.routing;

import dev.aigateway.routing.state.Cause;
import dev.aigateway.routing.state.Counters;
import dev.aigateway.routing.state.Counters.Event;
import java.util.Map;

/**
 * What happened at a provider or with a key since the start.
 *
 * @param requests clients' requests that were tried there, however often
 * @param served answers that were given to their end
 * @param refused attempts that the provider refused for what the client asked
 * @param retries attempts of requests that had failed there before
 * @param failOvers attempts of requests that had failed elsewhere
 * @param breakerOpenings of a provider; a key has no breaker
 * @param errors failed attempts; only causes that have happened
 */
public record Tally(
        long requests,
        long attempts,
        long served,
        long refused,
        long retries,
        long failOvers,
        long breakerOpenings,
        Map<Cause, Long> errors,
        Map<Cause, Long> cooldowns) {
    static Tally of(Counters counters) {
        return new Tally(
                counters.of(Event.REQUEST),
                counters.of(Event.ATTEMPT),
                counters.of(Event.SERVED),
                counters.of(Event.REFUSED_REQUEST),
                counters.of(Event.RETRY),
                counters.of(Event.FAIL_OVER),
                counters.of(Event.BREAKER_OPENED),
                counters.failures(),
                counters.cooldowns());
    }

    public long allErrors() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
