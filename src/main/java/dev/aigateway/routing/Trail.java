package dev.aigateway.routing;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.state.Cause;
import dev.aigateway.routing.state.Subject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whom one request has tried, and how they failed it. A failure that may pass spares the candidate only when the request
 * goes on to another one; as long as there is no other, it may try the same again.
 *
 * <p>One per request, on its event loop.
 */
final class Trail {
    private final Watch watch;
    private final boolean counted;
    /** Tried in this round. */
    private final Set<Subject> tried = new HashSet<>();
    /** Never to be tried again by this request. */
    private final Set<Subject> out = new HashSet<>();
    /** Who has been asked at all. */
    private final Set<Subject> asked = new HashSet<>();
    /** Providers that have failed in a way that concerns all their keys. */
    private final Set<String> troubled = new HashSet<>();
    /** Breakers that have been told of this request: however often it fails, it is one failure. */
    private final Set<Subject> charged = new HashSet<>();
    /** Those who failed in a way that may pass and have not been left for another one. */
    private final Map<Subject, Pending> pending = new LinkedHashMap<>();
    /** Those who may be tried again in the next round. */
    private final Map<Subject, Again> again = new LinkedHashMap<>();

    /** @param notBefore what the provider asked for, in milliseconds since the epoch; 0 when it asked for nothing */
    private record Again(Candidate candidate, long notBefore) {}

    private record Pending(Candidate candidate, Cause cause, GatewayError error) {}

    /** @param counted whether it is a request for an answer, which the provider's numbers and retry budget are about */
    Trail(Watch watch, boolean counted) {
        this.watch = watch;
        this.counted = counted;
    }

    boolean mayTry(Subject subject) {
        return !tried.contains(subject) && !out.contains(subject);
    }

    boolean isTroubled(String provider) {
        return troubled.contains(provider);
    }

    /** Whether the candidate, or its provider as a whole, has failed the request before; otherwise an attempt is free. */
    boolean isRepeated(Candidate candidate) {
        return isTroubled(candidate.provider().name())
                || asked.contains(Subject.key(candidate.id(), candidate.model()));
    }

    void began(Lease lease) {
        leaveOthers(lease);
        tried.add(lease.subject());
        if (counted) {
            watch.ledger().began(lease.candidate(), asked);
        }
        asked.add(lease.subject());
    }

    /** @param mayPass whether asking the same again may help */
    void failed(Lease lease, GatewayError error, boolean answered, boolean mayPass) {
        Optional<Cause> cause = Failures.cause(error, answered);
        if (!mayPass) {
            out.add(lease.subject());
        }
        watch.judge(lease, cause, Failures.charge(error, answered), answered, charged);
        cause.ifPresent(why -> blame(lease, why, error, mayPass));
    }

    private void blame(Lease lease, Cause cause, GatewayError error, boolean mayPass) {
        Candidate candidate = lease.candidate();
        if (Failures.isOfProvider(cause)) {
            troubled.add(candidate.provider().name());
        }
        if (mayPass) {
            long notBefore = error.retryAfter()
                    .map(wait -> watch.now() + wait.toMillis())
                    .orElse(0L);
            again.put(lease.subject(), new Again(candidate, notBefore));
        }
        if (mayPass && error.retryAfter().isEmpty()) {
            pending.put(lease.subject(), new Pending(candidate, cause, error));
        } else {
            watch.spare(candidate, cause, error);
        }
    }

    /** The answer broke off after it had begun. */
    void broke(Lease lease, GatewayError error) {
        Failures.chargeForBreak(error)
                .ifPresent(
                        charge -> watch.judge(lease, Failures.cause(error, true), Optional.of(charge), true, charged));
    }

    /** The attempt is over in every respect. */
    void ended(Lease lease) {
        if (counted) {
            watch.ledger().ended(lease);
        }
        watch.ledger().giveBack(lease);
    }

    void abandoned(Lease lease) {
        out.add(lease.subject());
        watch.abandoned(lease);
    }

    /** Whoever failed and is left for another one is spared from now on. */
    void leaveOthers(Lease lease) {
        pending.remove(lease.subject());
        end();
    }

    /** The request is over: nobody is tried again. */
    void end() {
        pending.values().forEach(one -> watch.spare(one.candidate(), one.cause(), one.error()));
        pending.clear();
    }

    /** In milliseconds; empty when nobody may be tried again. */
    OptionalLong retryWait() {
        long now = watch.now();
        return again.values().stream()
                .filter(one -> watch.freeAt(one.candidate(), now) <= waitsUntil(one, now))
                .filter(one -> watch.ledger().couldRepeat(one.candidate(), waitsUntil(one, now)))
                .mapToLong(one -> waitsUntil(one, now) - now)
                .min();
    }

    /** What the provider wants is waited for, but not what the gateway itself has decided upon. */
    private long waitsUntil(Again one, long now) {
        return one.notBefore() == 0 ? now : Math.max(watch.sparedUntil(one.candidate(), now), one.notBefore());
    }

    /** Those whom the request has left behind cannot be tried again. */
    void forgetRetries() {
        again.clear();
    }

    void newRound() {
        tried.clear();
        again.clear();
    }
}
