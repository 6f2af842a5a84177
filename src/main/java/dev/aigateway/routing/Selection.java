package dev.aigateway.routing;

import dev.aigateway.config.QueueConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.state.Capacity;
import dev.aigateway.routing.state.Cause;
import dev.aigateway.routing.state.Subject;
import dev.aigateway.routing.strategy.Contender;
import dev.aigateway.routing.strategy.Rankings;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leads one request from candidate to candidate: the best first, nobody twice in a round, nobody who is spared. A failure
 * that may pass spares the candidate only when the request goes on to another one; as long as there is no other, it may
 * try the same again.
 *
 * <p>One per request, on its event loop; what it decides upon is shared and changes under its feet, so everything is
 * looked at again when it counts.
 */
public final class Selection {
    private final Watch watch;
    private final Rankings rankings;
    private final LongSupplier affinity;
    private final boolean lastResort;
    private final List<Tier> tiers;
    private int tier;

    /** Tried in this round. */
    private final Set<Subject> tried = new HashSet<>();
    /** Never to be tried again by this request. */
    private final Set<Subject> out = new HashSet<>();
    /** Who has been asked at all. */
    private final Set<Subject> asked = new HashSet<>();
    /** Providers that have failed in a way that concerns all their keys. */
    private final Set<String> troubled = new HashSet<>();
    /** Breakers that have been told of this request: however often it fails, it is one failure. */
    private final Set<String> charged = new HashSet<>();
    /** Those who failed in a way that may pass and have not been left for another one. */
    private final Map<Subject, Pending> pending = new LinkedHashMap<>();
    /** Those who may be tried again in the next round. */
    private final Map<Subject, Candidate> again = new LinkedHashMap<>();

    private final Map<Tier, List<Offer>> ranked = new IdentityHashMap<>();
    private final Map<Offer, List<Candidate>> rankedKeys = new IdentityHashMap<>();
    private final Map<Capacity.Place, Busy> full = new LinkedHashMap<>();
    private boolean gaveUpWaiting;
    /** Whose success has been told of; a whole answer is complete before its attempt is over. */
    private @Nullable Lease served;

    private boolean resorted;

    private record Busy(Tier among, Candidate candidate) {}

    private record Pending(Candidate candidate, Cause cause, GatewayError error) {}

    /** How hard the search is. */
    private enum Effort {
        FRESH,
        /** Providers that have already failed this request, as far as their budget goes. */
        REPEATED,
        /** Providers that have been given up, as an early probe. */
        DESPERATE,
        /** Whoever there is. */
        LAST_RESORT
    }

    Selection(List<Tier> tiers, Watch watch, Rankings rankings, LongSupplier affinity, boolean lastResort) {
        this.tiers = List.copyOf(tiers);
        this.watch = watch;
        this.rankings = rankings;
        this.affinity = affinity;
        this.lastResort = lastResort;
    }

    /** Whether somebody serves the model at all, be it not now. */
    public boolean isEmpty() {
        return tiers.isEmpty();
    }

    public Next next() {
        full.clear();
        for (int i = tier; i < tiers.size(); i++) {
            Tier among = tiers.get(i);
            Optional<Next> found = search(among, Effort.FRESH).or(() -> search(among, Effort.REPEATED));
            if (found.isPresent()) {
                return found.get();
            }
            if (!full.isEmpty() && !gaveUpWaiting && isLastOfItsModel(i)) {
                return new Next.Full();
            }
        }
        return desperate();
    }

    private Next desperate() {
        for (int i = tier; i < tiers.size(); i++) {
            Optional<Next> found = search(tiers.get(i), Effort.DESPERATE);
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (lastResort && !resorted) {
            resorted = true;
            for (int i = tier; i < tiers.size(); i++) {
                Optional<Next> found = search(tiers.get(i), Effort.LAST_RESORT);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return new Next.Nobody();
    }

    private boolean isLastOfItsModel(int index) {
        return index + 1 == tiers.size()
                || !tiers.get(index + 1).model().equals(tiers.get(index).model());
    }

    private Optional<Next> search(Tier among, Effort effort) {
        for (Offer offer : ranked(among)) {
            boolean repeated = troubled.contains(offer.provider());
            if (effort == Effort.DESPERATE || effort == Effort.LAST_RESORT || repeated == (effort == Effort.REPEATED)) {
                Optional<Lease> lease = lend(among, offer, effort);
                if (lease.isPresent()) {
                    return lease.map(Next.Try::new);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Lease> lend(Tier among, Offer offer, Effort effort) {
        for (Candidate candidate : rankedKeys(among, offer)) {
            Optional<Lease> lease = lend(among, candidate, effort);
            if (lease.isPresent()) {
                return lease;
            }
        }
        return Optional.empty();
    }

    private Optional<Lease> lend(Tier among, Candidate candidate, Effort effort) {
        long now = watch.now();
        Subject subject = Subject.key(candidate.id(), candidate.model());
        boolean anyhow = effort == Effort.LAST_RESORT;
        boolean desperate = anyhow || effort == Effort.DESPERATE;
        if (tried.contains(subject)
                || out.contains(subject)
                || watch.isOff(candidate)
                || (!anyhow && (watch.isSpared(candidate, now) || !watch.admits(candidate, now, desperate)))) {
            return Optional.empty();
        }
        Capacity.Place place =
                new Capacity.Place(candidate.id(), candidate.provider().share());
        if (!watch.of(candidate).capacity().take(place)) {
            full.putIfAbsent(place, new Busy(among, candidate));
            return Optional.empty();
        }
        return lend(among, candidate, place, anyhow, desperate);
    }

    /** The place has been taken. */
    private Optional<Lease> lend(
            Tier among, Candidate candidate, Capacity.Place place, boolean anyhow, boolean desperate) {
        long now = watch.now();
        boolean again = troubled.contains(candidate.provider().name());
        Optional<List<Subject>> probes = again && !watch.mayRepeat(candidate, now)
                ? Optional.empty()
                : probes(candidate, now, anyhow, desperate);
        if (probes.isEmpty()) {
            watch.of(candidate).capacity().giveBack(place);
            return Optional.empty();
        }
        Lease lease = new Lease(candidate, among.model(), place, probes.get(), now);
        leaveOthers(lease);
        tried.add(lease.subject());
        watch.began(candidate, asked);
        asked.add(lease.subject());
        return Optional.of(lease);
    }

    /**
     * Waits for a place where everybody is busy, in order of arrival; what comes is what to do next, whether a place has
     * become free or waiting was in vain.
     */
    public Uni<Next> waitForPlace(Timers timers, QueueConfig config, Duration limit) {
        Busy best = full.values().iterator().next();
        String provider = best.candidate().provider().name();
        List<Capacity.Place> places = full.entrySet().stream()
                .filter(entry -> entry.getValue().candidate().provider().name().equals(provider))
                .map(Map.Entry::getKey)
                .toList();
        Map<Capacity.Place, Busy> wanted = Map.copyOf(full);
        return new PlaceQueue(watch.of(provider).capacity(), places, config.size(), timers)
                .place(limit)
                .onItem()
                .transform(place -> place.flatMap(free -> taken(wanted, free))
                        .<Next>map(Next.Try::new)
                        .orElseGet(() -> afterWaiting(place.isEmpty())));
    }

    private Optional<Lease> taken(Map<Capacity.Place, Busy> wanted, Capacity.Place place) {
        Busy busy = Objects.requireNonNull(wanted.get(place));
        if (watch.isUsable(busy.candidate(), watch.now())) {
            return lend(busy.among(), busy.candidate(), place, false, false);
        }
        watch.of(busy.candidate()).capacity().giveBack(place);
        return Optional.empty();
    }

    private Next afterWaiting(boolean inVain) {
        gaveUpWaiting |= inVain;
        return next();
    }

    /** Whether everybody who could have served it had too much to do. */
    public boolean wasBusy() {
        return gaveUpWaiting;
    }

    private Optional<List<Subject>> probes(Candidate candidate, long now, boolean anyhow, boolean desperate) {
        Optional<List<Subject>> probes = watch.probes(candidate, now, desperate);
        return anyhow ? probes.or(() -> Optional.of(List.of())) : probes;
    }

    /** Whoever failed and is left for another one is spared from now on. */
    private void leaveOthers(Lease lease) {
        pending.remove(lease.subject());
        spareAll();
    }

    private void spareAll() {
        pending.values().forEach(one -> watch.spare(one.candidate(), one.cause(), one.error()));
        pending.clear();
    }

    private List<Offer> ranked(Tier among) {
        return ranked.computeIfAbsent(among, ignored -> {
            long now = watch.now();
            List<Offer> others = new ArrayList<>();
            List<Contender<Offer>> contenders = new ArrayList<>();
            for (Offer offer : among.offers()) {
                if (offer.candidates().stream().anyMatch(candidate -> watch.isUsable(candidate, now))) {
                    contenders.add(new Contender<>(
                            offer,
                            offer.provider(),
                            offer.share(),
                            () -> latency(offer.candidates().getFirst(), now)));
                } else {
                    others.add(offer);
                }
            }
            List<Offer> order = new ArrayList<>();
            rankings.rank(among.strategy(), among.scope(), contenders, affinity)
                    .forEach(contender -> order.add(contender.what()));
            order.addAll(others);
            return order;
        });
    }

    private List<Candidate> rankedKeys(Tier among, Offer offer) {
        if (offer.candidates().size() == 1) {
            return offer.candidates();
        }
        return rankedKeys.computeIfAbsent(offer, ignored -> {
            long now = watch.now();
            List<Candidate> others = new ArrayList<>();
            List<Contender<Candidate>> contenders = new ArrayList<>();
            for (Candidate candidate : offer.candidates()) {
                if (watch.isUsable(candidate, now)) {
                    contenders.add(new Contender<>(
                            candidate,
                            candidate.id().fingerprint(),
                            candidate.provider().share(),
                            () -> latency(candidate, now)));
                } else {
                    others.add(candidate);
                }
            }
            List<Candidate> order = new ArrayList<>();
            rankings.rank(among.keys(), among.scope() + " " + offer.provider(), contenders, affinity)
                    .forEach(contender -> order.add(contender.what()));
            order.addAll(others);
            return order;
        });
    }

    private double latency(Candidate candidate, long now) {
        return watch.of(candidate).latency().of(candidate.model(), now);
    }

    /** The answer has begun. */
    public void answered(Lease lease) {
        watch.answered(lease);
        pending.remove(lease.subject());
        spareAll();
    }

    /**
     * The attempt failed before anything of an answer was there.
     *
     * @param answered whether the provider said anything at all
     * @param mayPass whether asking the same again may help
     */
    public void failed(Lease lease, GatewayError error, boolean answered, boolean mayPass) {
        Candidate candidate = lease.candidate();
        Optional<Cause> blame = Failures.cause(error, answered);
        if (blame.isEmpty()) {
            watch.alive(lease);
            return;
        }
        Cause cause = blame.get();
        watch.abandoned(lease);
        watch.counted(candidate, cause);
        if (Failures.isOfProvider(cause)) {
            troubled.add(candidate.provider().name());
            chargeOnce(candidate, cause);
        }
        if (!mayPass) {
            out.add(lease.subject());
            watch.spare(candidate, cause, error);
            return;
        }
        again.put(lease.subject(), candidate);
        if (error.retryAfter().isPresent()) {
            watch.spare(candidate, cause, error);
        } else {
            pending.put(lease.subject(), new Pending(candidate, cause, error));
        }
    }

    private void chargeOnce(Candidate candidate, Cause cause) {
        String breaker = candidate.label() + (cause == Cause.NETWORK ? " network" : "");
        if (charged.add(breaker)) {
            watch.charge(candidate, cause);
        }
    }

    /** The answer is complete. */
    public void succeeded(Lease lease) {
        watch.succeeded(lease.candidate());
        if (served != lease) {
            served = lease;
            watch.served(lease);
        }
    }

    /** The answer broke off after it had begun. */
    public void broke(Lease lease, GatewayError error) {
        Failures.cause(error, true).filter(Failures::isOfProvider).ifPresent(cause -> {
            watch.counted(lease.candidate(), cause);
            watch.charge(lease.candidate(), cause);
        });
    }

    /** The client left before the attempt had come to anything; nobody's fault. */
    public void abandoned(Lease lease) {
        watch.abandoned(lease);
    }

    /** The attempt is over in every respect. */
    public void release(Lease lease) {
        watch.ended(lease);
    }

    /** The request is over. */
    public void end() {
        spareAll();
    }

    /**
     * How long to wait at least before those who may be tried again can be; empty when there are none. In milliseconds.
     */
    public OptionalLong retryWait() {
        long now = watch.now();
        return again.values().stream()
                .mapToLong(candidate -> watch.freeAt(candidate, now) - now)
                .min();
    }

    /** Everybody who may be tried again is. */
    public void newRound() {
        tried.clear();
        again.clear();
        ranked.clear();
        rankedKeys.clear();
    }

    /** Goes on with the next model that stands in for this one; false when there is none. */
    public boolean fallBack(Lease from) {
        for (int next = tiers.size() - 1; next >= 0; next--) {
            if (tiers.get(next).model().equals(from.model())) {
                tier = next + 1;
                return tier < tiers.size();
            }
        }
        return false;
    }

    /** When somebody may be free again, in milliseconds from now; nothing when nobody is spared. */
    public OptionalLong soonest() {
        long now = watch.now();
        return candidates()
                .mapToLong(candidate -> watch.freeAt(candidate, now) - now)
                .filter(wait -> wait > 0)
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
        return ranked(among).stream()
                .flatMap(offer -> rankedKeys(among, offer).stream())
                .toList();
    }

    private Stream<Candidate> candidates() {
        return tiers.stream()
                .flatMap(one -> one.offers().stream())
                .flatMap(offer -> offer.candidates().stream())
                .filter(candidate -> !watch.isOff(candidate));
    }
}
