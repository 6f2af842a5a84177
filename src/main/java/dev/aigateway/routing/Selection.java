package dev.aigateway.routing;

import dev.aigateway.config.QueueConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.state.Cause;
import dev.aigateway.routing.strategy.Rankings;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leads one request from candidate to candidate: whoever keeps what it continues, then the best first ({@link Ranks}),
 * nobody twice in a round ({@link Trail}), nobody who is spared or has too much to do ({@link Lender}); and tells the {@link Watch} how it went.
 *
 * <p>One per request, on its event loop.
 */
public final class Selection {
    private final List<Tier> tiers;
    private final Watch watch;
    private final Ranks ranks;
    private final Trail trail;
    private final Lender lender;
    private final boolean stream;
    private boolean mayResort;
    private boolean gaveUpWaiting;
    /** Whose success has been told of; a whole answer is complete before its attempt is over. */
    private @Nullable Lease served;

    /** Where the search begins; later once the request has fallen back to another model. */
    private int first;

    /**
     * @param lastResort whether somebody is tried all the same when everybody is spared
     * @param counted whether it is a request for an answer
     */
    Selection(List<Tier> tiers, Watch watch, Rankings rankings, RouteQuery query, boolean lastResort, boolean counted) {
        this.tiers = List.copyOf(tiers);
        this.watch = watch;
        this.stream = query.stream();
        this.ranks = new Ranks(watch, rankings, query);
        this.trail = new Trail(watch, counted);
        this.lender = new Lender(watch, trail);
        this.mayResort = lastResort;
    }

    /** Whether nobody serves the model at all, not even those who may not be used now. */
    public boolean isEmpty() {
        return tiers.isEmpty();
    }

    public Next next() {
        lender.forgetFull();
        Optional<Lease> keeper = searchKeeper();
        if (keeper.isPresent()) {
            return new Next.Try(keeper.get());
        }
        if (lender.sawFull() && !gaveUpWaiting) {
            return new Next.Full();
        }
        for (int i = first; i < tiers.size(); i++) {
            Tier among = tiers.get(i);
            Optional<Lease> found = search(among, Effort.FRESH).or(() -> search(among, Effort.REPEATED));
            if (found.isPresent()) {
                return new Next.Try(found.get());
            }
            if (lender.sawFull() && !gaveUpWaiting && isLastOfItsModel(i)) {
                return new Next.Full();
            }
        }
        return searchAll(Effort.DESPERATE)
                .or(this::resort)
                .<Next>map(Next.Try::new)
                .orElseGet(Next.Nobody::new);
    }

    private Optional<Lease> searchKeeper() {
        for (int i = first; i < tiers.size(); i++) {
            Tier among = tiers.get(i);
            for (Candidate candidate : ranks.keepers(among)) {
                Optional<Lease> lease = lender.lend(among, candidate, Effort.FRESH);
                if (lease.isPresent()) {
                    return lease;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isLastOfItsModel(int index) {
        return index + 1 == tiers.size()
                || !tiers.get(index + 1).model().equals(tiers.get(index).model());
    }

    /** Once for a request. */
    private Optional<Lease> resort() {
        Optional<Lease> found = mayResort ? searchAll(Effort.LAST_RESORT) : Optional.empty();
        mayResort = false;
        return found;
    }

    private Optional<Lease> searchAll(Effort effort) {
        for (int i = first; i < tiers.size(); i++) {
            Optional<Lease> found = search(tiers.get(i), effort);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Lease> search(Tier among, Effort effort) {
        for (Offer offer : ranks.offers(among)) {
            if (effort.includes(trail.isTroubled(offer.provider()))) {
                for (Candidate candidate : ranks.keys(among, offer)) {
                    Optional<Lease> lease = lender.lend(among, candidate, effort);
                    if (lease.isPresent()) {
                        return lease;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Waits for a place where everybody is busy, in order of arrival; what comes is what to do next, whether a place has
     * become free or waiting was in vain. To be asked for after {@link Next.Full}.
     */
    public Uni<Next> waitForPlace(Timers timers, QueueConfig config, Duration limit) {
        return lender.waitForPlace(timers, config, limit).onItem().transform(this::afterWaiting);
    }

    private Next afterWaiting(Lender.Waited waited) {
        gaveUpWaiting |= !waited.granted();
        return waited.lease().<Next>map(Next.Try::new).orElseGet(this::next);
    }

    /** Whether everybody who could have served it had too much to do. */
    public boolean wasBusy() {
        return gaveUpWaiting;
    }

    /** The answer has begun. */
    public void answered(Lease lease) {
        watch.answered(lease, stream);
        trail.leaveOthers(lease);
    }

    /**
     * The attempt failed before anything of an answer was there.
     *
     * @param answered whether the provider said anything at all
     * @param mayPass whether asking the same again may help
     */
    public void failed(Lease lease, GatewayError error, boolean answered, boolean mayPass) {
        trail.failed(lease, error, answered, mayPass);
    }

    /** The answer is complete. */
    public void succeeded(Lease lease) {
        watch.succeeded(lease.candidate());
        if (served != lease) {
            served = lease;
            watch.ledger().served(lease, watch.now());
        }
    }

    /** The answer broke off after it had begun. */
    public void broke(Lease lease, GatewayError error) {
        trail.broke(lease, error);
    }

    /** The client left, or the request could not even be sent, before the provider had said anything; not its fault. */
    public void abandoned(Lease lease) {
        trail.abandoned(lease);
    }

    /** The request was refused in words that say how to put it right, and is sent to the same candidate once more. */
    public void repaired(Lease lease) {
        watch.ledger().repaired(lease.candidate());
    }

    /** The attempt is over in every respect. */
    public void release(Lease lease) {
        trail.ended(lease);
    }

    /** The request is over. */
    public void end() {
        trail.end();
    }

    /**
     * How long to wait at least before those who may be tried again can be; empty when there are none. In milliseconds.
     */
    public OptionalLong retryWait() {
        return trail.retryWait();
    }

    /** Everybody who may be tried again is. */
    public void newRound() {
        trail.newRound();
    }

    /** Goes on with the next model that stands in for this one; false when there is none. */
    public boolean fallBack(Lease from) {
        first = afterModelOf(from);
        trail.forgetRetries();
        return first < tiers.size();
    }

    /** Whether there is another model to go on with, and somebody who could be asked for it now. */
    public boolean hasStandIn(Lease lease) {
        int after = afterModelOf(lease);
        if (after == tiers.size()) {
            return false;
        }
        long now = watch.now();
        return tiers.subList(after, tiers.size()).stream()
                .flatMap(tier -> tier.offers().stream())
                .anyMatch(offer -> watch.isUsable(offer, now));
    }

    private int afterModelOf(Lease lease) {
        int after = tiers.size();
        while (!tiers.get(after - 1).model().equals(lease.model())) {
            after--;
        }
        return after;
    }

    /** When somebody may be asked again, in milliseconds from now; nothing when nobody is spared. */
    public OptionalLong soonest() {
        long now = watch.now();
        return candidates()
                .filter(candidate -> watch.freeAt(candidate, now) > now)
                .mapToLong(candidate -> watch.probeAt(candidate, now) - now)
                .min();
    }

    /** Whether everybody is spared for asking too much. */
    public boolean isRateLimited() {
        long now = watch.now();
        return candidates()
                .allMatch(candidate -> watch.cause(candidate, now)
                        .filter(cause -> cause == Cause.RATE_LIMIT)
                        .isPresent());
    }

    /** Whether an operator has switched off everybody who serves the model. */
    public boolean isSwitchedOff() {
        return candidates().findAny().isEmpty();
    }

    /** Those of a tier in the order in which they would be tried. */
    List<Candidate> order(Tier among) {
        return ranks.offers(among).stream()
                .flatMap(offer -> ranks.keys(among, offer).stream())
                .toList();
    }

    private Stream<Candidate> candidates() {
        return tiers.stream()
                .flatMap(one -> one.offers().stream())
                .flatMap(offer -> offer.candidates().stream())
                .filter(candidate -> !watch.isOff(candidate));
    }
}
