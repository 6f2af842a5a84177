package dev.aigateway.routing;

import dev.aigateway.routing.state.Cause;
import dev.aigateway.routing.state.Counters;
import dev.aigateway.routing.state.ProviderRecord;
import dev.aigateway.routing.state.Records;
import dev.aigateway.routing.state.Subject;
import java.util.Optional;
import java.util.Set;

/**
 * Writes down what becomes of attempts, at providers and at their keys: what statistics and metrics show, how soon answers
 * begin, places and the retry budget. Decides nothing. Safe for concurrent use.
 */
final class Ledger {
    private final Records records;
    private final int budgetPercent;

    Ledger(Records records, int budgetPercent) {
        this.records = records;
        this.budgetPercent = budgetPercent;
    }

    ProviderRecord of(Candidate candidate) {
        return of(candidate.provider().name());
    }

    ProviderRecord of(String provider) {
        return records.of(provider);
    }

    /** @param before whom the same request has asked */
    void began(Candidate candidate, Set<Subject> before) {
        ProviderRecord record = of(candidate);
        record.began();
        count(candidate, Counters.Event.ATTEMPT);
        if (before.stream().noneMatch(subject -> subject.provider().equals(record.name()))) {
            record.counters().count(Counters.Event.REQUEST);
            record.budget().earn(budgetPercent);
        }
        if (before.stream().noneMatch(subject -> subject.isOf(candidate.id()))) {
            ofKey(candidate).ifPresent(counters -> counters.count(Counters.Event.REQUEST));
        }
        if (before.contains(Subject.key(candidate.id(), candidate.model()))) {
            count(candidate, Counters.Event.RETRY);
        } else if (!before.isEmpty()) {
            count(candidate, Counters.Event.FAIL_OVER);
        }
    }

    /** Everything of an attempt is over that began. */
    void ended(Lease lease) {
        of(lease.candidate()).ended();
    }

    void giveBack(Lease lease) {
        of(lease.candidate()).capacity().giveBack(lease.place());
    }

    /** The answer has begun. */
    void answered(Lease lease, boolean stream, long now) {
        ProviderRecord record = of(lease.candidate());
        record.latency(stream).saw(lease.candidate().model(), now - lease.since(), now);
        record.firstByte().saw(now - lease.since(), now);
    }

    /** The answer is complete; told once for each attempt. */
    void served(Lease lease, long now) {
        of(lease.candidate()).duration().saw(now - lease.since(), now);
        count(lease.candidate(), Counters.Event.SERVED);
    }

    /** A call was refused for the request's sake, and there is another one. */
    void repaired(Candidate candidate) {
        count(candidate, Counters.Event.REFUSED_REQUEST);
        count(candidate, Counters.Event.ATTEMPT);
    }

    /** The provider finds fault with the request. */
    void refused(Candidate candidate) {
        count(candidate, Counters.Event.REFUSED_REQUEST);
    }

    void failed(Candidate candidate, Cause cause) {
        of(candidate).counters().failure(cause);
        ofKey(candidate).ifPresent(counters -> counters.failure(cause));
    }

    /** A cooldown has begun. */
    void spared(Candidate candidate, Cause cause) {
        of(candidate).counters().cooldown(cause);
        ofKey(candidate).ifPresent(counters -> counters.cooldown(cause));
    }

    /** A breaker of the provider has opened. */
    void gaveUp(String provider) {
        of(provider).counters().count(Counters.Event.BREAKER_OPENED);
    }

    /** How soon the candidate has lately begun to answer in the same way, in milliseconds. */
    double latency(Candidate candidate, boolean stream, long now) {
        return of(candidate).latency(stream).of(candidate.model(), now);
    }

    /** Whether the retry budget would allow it then, if nobody else takes from it. */
    boolean couldRepeat(Candidate candidate, long then) {
        return of(candidate).budget().allows(then);
    }

    /** Takes from the retry budget. */
    boolean mayRepeat(Candidate candidate, long now) {
        return of(candidate).budget().spend(now);
    }

    private void count(Candidate candidate, Counters.Event event) {
        of(candidate).counters().count(event);
        ofKey(candidate).ifPresent(counters -> counters.count(event));
    }

    /** Callers may bring any number of keys, which are not counted one by one. */
    private Optional<Counters> ofKey(Candidate candidate) {
        return candidate.provider().link().callersKey()
                ? Optional.empty()
                : Optional.of(of(candidate).counters(candidate.id()));
    }
}
