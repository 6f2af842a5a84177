package dev.aigateway.routing;

import dev.aigateway.routing.state.Capacity;
import dev.aigateway.routing.state.Standing;
import dev.aigateway.routing.state.Subject;
import java.util.List;

/**
 * A candidate lent to one request; to be given back to its {@link Selection}.
 *
 * @param model the name under which it was found
 * @param probed the breakers for which this attempt is the only probe
 * @param since when it was lent, in milliseconds since the epoch
 */
public record Lease(Candidate candidate, String model, Capacity.Place place, List<Subject> probed, long since) {
    public Lease {
        probed = List.copyOf(probed);
    }

    /** Since when this attempt is the only probe of a breaker; 0 when it is not. */
    long probeOf(Subject breaker) {
        return probed.contains(breaker) ? since : Standing.NO_PROBE;
    }

    Subject subject() {
        return Subject.key(candidate.id(), candidate.model());
    }
}
