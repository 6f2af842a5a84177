package dev.aigateway.routing;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.state.Breaker;
import dev.aigateway.routing.state.Cause;
import dev.aigateway.routing.state.Cooldown;
import dev.aigateway.routing.state.Records;
import dev.aigateway.routing.state.SharedState;
import dev.aigateway.routing.state.Standing;
import dev.aigateway.routing.state.Subject;
import dev.aigateway.routing.state.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Knows who may be used at the moment, by the rules of one configuration, and learns from how attempts end. Safe for
 * concurrent use.
 */
final class Watch {
    private final SharedState state;
    private final Records records;
    private final LongSupplier clock;
    private final Cooldown cooldown;
    private final Breaker breaker;
    private final Ledger ledger;

    Watch(GatewayConfig config, SharedState state, Records records, LongSupplier clock) {
        this.state = state;
        this.records = records;
        this.clock = clock;
        this.cooldown = new Cooldown(config.cooldown(), state);
        this.breaker = new Breaker(config.breaker(), state);
        this.ledger = new Ledger(records, config.retry().budgetPercent());
    }

    long now() {
        return clock.getAsLong();
    }

    /** Where it is written down what becomes of attempts. */
    Ledger ledger() {
        return ledger;
    }

    /** Whether one of the provider's keys may be used. */
    boolean isUsable(Offer offer, long now) {
        if (state.isQuiet() && records.switches().isQuiet()) {
            return true;
        }
        for (Candidate candidate : offer.candidates()) {
            if (isUsable(candidate, now)) {
                return true;
            }
        }
        return false;
    }

    boolean isUsable(Candidate candidate, long now) {
        return !isOff(candidate) && (state.isQuiet() || (!isSpared(candidate, now) && admits(candidate, now, false)));
    }

    /** Whether an operator has switched it off, so that nothing must come to it. */
    boolean isOff(Candidate candidate) {
        Switches switches = records.switches();
        return !switches.isQuiet()
                && (switches.isOff(candidate.provider().name()) || switches.isOff(candidate.switchId()));
    }

    boolean isSpared(Candidate candidate, long now) {
        return sparedUntil(candidate, now) > now;
    }

    /** When the cooldown of the key is over, whatever the breakers say; the moment itself when it is. */
    long sparedUntil(Candidate candidate, long now) {
        return cooldown.freeAt(candidate.id(), candidate.model(), now);
    }

    /** Whether the breakers let a request through, if only as a probe. */
    boolean admits(Candidate candidate, long now, boolean desperate) {
        return breaker.admission(connection(candidate), now, desperate) != Breaker.Admission.NONE
                && breaker.admission(model(candidate), now, desperate) != Breaker.Admission.NONE;
    }

    /** The breakers that this attempt will probe; empty when one of them does not let it. */
    Optional<List<Subject>> probes(Candidate candidate, long now, boolean desperate) {
        if (state.isQuiet()) {
            return Optional.of(List.of());
        }
        List<Subject> probed = List.of();
        for (Subject subject : breakers(candidate)) {
            switch (breaker.enter(subject, now, desperate)) {
                case OPEN_TO_ALL -> {}
                case PROBE -> probed = plus(probed, subject);
                case NONE -> {
                    probed.forEach(one -> breaker.abandoned(one, now));
                    return Optional.empty();
                }
            }
        }
        return Optional.of(probed);
    }

    private static List<Subject> plus(List<Subject> some, Subject one) {
        List<Subject> more = new ArrayList<>(some);
        more.add(one);
        return more;
    }

    /** When the candidate may be used again, in milliseconds since the epoch. */
    long freeAt(Candidate candidate, long now) {
        long free = sparedUntil(candidate, now);
        for (Subject subject : breakers(candidate)) {
            free = Math.max(free, breaker.freeAt(subject, now));
        }
        return free;
    }

    /** The same for a request that finds nobody else, and so may go as an early probe. */
    long probeAt(Candidate candidate, long now) {
        long free = sparedUntil(candidate, now);
        for (Subject subject : breakers(candidate)) {
            free = Math.max(free, breaker.probeAt(subject, now));
        }
        return free;
    }

    /** Why the candidate is spared, if it is. */
    Optional<Cause> cause(Candidate candidate, long now) {
        return subjects(candidate).stream()
                .map(state::of)
                .filter(standing -> standing.isSpared(now))
                .findFirst()
                .flatMap(standing -> standing.cause());
    }

    Switches switches() {
        return records.switches();
    }

    Breaker breaker() {
        return breaker;
    }

    private static List<Subject> subjects(Candidate candidate) {
        return List.of(
                Subject.key(candidate.id()),
                Subject.key(candidate.id(), candidate.model()),
                connection(candidate),
                model(candidate));
    }

    private static List<Subject> breakers(Candidate candidate) {
        return List.of(connection(candidate), model(candidate));
    }

    /** Connections are the provider's affair, errors the model's. */
    private static Subject connection(Candidate candidate) {
        return Subject.provider(candidate.provider().name());
    }

    private static Subject model(Candidate candidate) {
        return Subject.provider(candidate.provider().name(), candidate.model());
    }

    /** What is known only from connections that failed is known better now. */
    void checked(String provider, boolean there) {
        Subject subject = Subject.provider(provider);
        if (!there) {
            if (breaker.failed(subject, Cause.HEALTH_CHECK, now(), Standing.NO_PROBE)) {
                ledger.gaveUp(provider);
            }
            return;
        }
        breaker.succeeded(subject);
        state.all().forEach((other, standing) -> {
            if (other.provider().equals(provider) && standing.isFor(Cause.NETWORK)) {
                state.update(other, latest -> latest.isFor(Cause.NETWORK) ? Standing.GOOD : latest);
            }
        });
    }

    /** The answer has begun. */
    void answered(Lease lease, boolean stream) {
        Candidate candidate = lease.candidate();
        ledger.answered(lease, stream, now());
        if (!state.isQuiet()) {
            breaker.succeeded(connection(candidate));
            breaker.answered(model(candidate));
        }
    }

    /** The answer is complete. */
    void succeeded(Candidate candidate) {
        if (!state.isQuiet()) {
            breaker.succeeded(model(candidate));
            cooldown.served(candidate.id(), candidate.model(), now());
        }
    }

    /**
     * What a failure says about the breakers: who answers can be reached, and who finds fault with the request works, so that
     * a row of failures ends with it.
     *
     * @param cause empty when the provider is not to blame
     * @param charge what the breakers are told; empty when it is not their affair
     * @param charged the breakers that have been told of this request; a probe tells of itself all the same
     */
    void judge(
            Lease lease,
            Optional<Cause> cause,
            Optional<Failures.Charge> charge,
            boolean answered,
            Set<Subject> charged) {
        Candidate candidate = lease.candidate();
        cause.ifPresentOrElse(why -> ledger.failed(candidate, why), () -> ledger.refused(candidate));
        Optional<Subject> guilty = charge.map(one -> one.wholeProvider() ? connection(candidate) : model(candidate));
        boolean works = answered && cause.isEmpty();
        for (Subject probed : lease.probed()) {
            if (!works && (guilty.isEmpty() || !guilty.get().equals(probed))) {
                breaker.abandoned(probed, lease.since());
            }
        }
        if (answered) {
            breaker.succeeded(connection(candidate));
        }
        if (works) {
            breaker.succeeded(model(candidate));
        }
        guilty.filter(one -> charged.add(one) || lease.probed().contains(one))
                .filter(one -> breaker.failed(one, charge.get().cause(), now(), lease.probeOf(one)))
                .ifPresent(one -> ledger.gaveUp(candidate.provider().name()));
    }

    /** A probe that told nothing about the breakers. */
    void abandoned(Lease lease) {
        lease.probed().forEach(probed -> breaker.abandoned(probed, lease.since()));
    }

    void spare(Candidate candidate, Cause cause, GatewayError error) {
        boolean began = cooldown.spare(
                candidate.id(), candidate.model(), cause, error.retryAfter(), Failures.condemnsKey(error), now());
        if (began) {
            ledger.spared(candidate, cause);
        }
    }
}
