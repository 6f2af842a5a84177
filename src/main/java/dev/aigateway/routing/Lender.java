package dev.aigateway.routing;

import dev.aigateway.config.QueueConfig;
import dev.aigateway.routing.state.Capacity;
import dev.aigateway.routing.state.Subject;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Lends candidates to one request: none that it has tried, none that is spared, none without a free place. Remembers who
 * had no place, so that the request can wait for one.
 *
 * <p>One per request, on its event loop. What is decided upon is shared and changes all the time, so everything is looked
 * at again when it counts; a lease holds its place and its probes whatever happens.
 */
final class Lender {
    private final Watch watch;
    private final Trail trail;
    private final Map<Capacity.Place, Busy> full = new LinkedHashMap<>();

    private record Busy(Tier among, Candidate candidate) {}

    Lender(Watch watch, Trail trail) {
        this.watch = watch;
        this.trail = trail;
    }

    Optional<Lease> lend(Tier among, Candidate candidate, Effort effort) {
        long now = watch.now();
        if (!trail.mayTry(Subject.key(candidate.id(), candidate.model())) || !isAllowed(candidate, now, effort)) {
            return Optional.empty();
        }
        Capacity.Place place =
                new Capacity.Place(candidate.id(), candidate.provider().share());
        if (!watch.ledger().of(candidate).capacity().take(place)) {
            full.putIfAbsent(place, new Busy(among, candidate));
            return Optional.empty();
        }
        return lend(among, candidate, place, effort);
    }

    private boolean isAllowed(Candidate candidate, long now, Effort effort) {
        return !watch.isOff(candidate)
                && (effort == Effort.LAST_RESORT
                        || (!watch.isSpared(candidate, now) && watch.admits(candidate, now, effort.isDesperate())));
    }

    /** The place has been taken. */
    private Optional<Lease> lend(Tier among, Candidate candidate, Capacity.Place place, Effort effort) {
        long now = watch.now();
        Optional<List<Subject>> probes = probes(candidate, now, effort);
        if (probes.isEmpty()) {
            watch.ledger().of(candidate).capacity().giveBack(place);
            return Optional.empty();
        }
        Lease lease = new Lease(candidate, among.model(), place, probes.get(), now);
        if (trail.isRepeated(candidate) && !watch.ledger().mayRepeat(candidate, now)) {
            watch.abandoned(lease);
            watch.ledger().giveBack(lease);
            return Optional.empty();
        }
        trail.began(lease);
        return Optional.of(lease);
    }

    private Optional<List<Subject>> probes(Candidate candidate, long now, Effort effort) {
        Optional<List<Subject>> probes = watch.probes(candidate, now, effort.isDesperate());
        return effort == Effort.LAST_RESORT ? probes.or(() -> Optional.of(List.of())) : probes;
    }

    /** A new search begins. */
    void forgetFull() {
        full.clear();
    }

    /** Whether somebody could have been lent but for a place. */
    boolean sawFull() {
        return !full.isEmpty();
    }

    /** Waits at all providers that had no place, in order of arrival. */
    Uni<Waited> waitForPlace(Timers timers, QueueConfig config, Duration limit) {
        Map<Capacity.Place, Busy> wanted = Map.copyOf(full);
        Map<Capacity, List<Capacity.Place>> lines = new LinkedHashMap<>();
        full.forEach((place, busy) -> lines.computeIfAbsent(
                        watch.ledger().of(busy.candidate()).capacity(), first -> new ArrayList<>())
                .add(place));
        return new PlaceQueue(lines, config.size(), timers)
                .place(limit)
                .onItem()
                .transform(place -> new Waited(place.isPresent(), place.flatMap(free -> taken(wanted, free))));
    }

    /**
     * How waiting ended.
     *
     * @param granted whether a place became free
     * @param lease empty also when the candidate whose place it was may not be used any more
     */
    record Waited(boolean granted, Optional<Lease> lease) {}

    private Optional<Lease> taken(Map<Capacity.Place, Busy> wanted, Capacity.Place place) {
        Busy busy = Objects.requireNonNull(wanted.get(place));
        if (isAllowed(busy.candidate(), watch.now(), Effort.FRESH)) {
            return lend(busy.among(), busy.candidate(), place, Effort.FRESH);
        }
        watch.ledger().of(busy.candidate()).capacity().giveBack(place);
        return Optional.empty();
    }
}
