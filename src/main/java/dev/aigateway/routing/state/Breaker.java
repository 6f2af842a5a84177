package dev.aigateway.routing.state;

import dev.aigateway.config.BreakerConfig;
import java.util.Optional;

/**
 * Gives up a provider that has failed several times in a row, and lets a single request probe it when its time is over, or
 * earlier when nobody else can serve that request. One breaker counts connections that fail, for the whole provider; one
 * per model counts its errors, so that a broken model does not take the others along (behaviour reference, 3.8 and G-02).
 *
 * <p>Not SmallRye's breaker: that one cannot tell when it will close, does not survive a reload, takes its verdict when a
 * method returns rather than when a stream has begun or broken, and knows no virtual time. Stateless; what it decides upon
 * is in {@link SharedState}.
 */
public final class Breaker {
    /** A probe that has not come back by then is taken for lost, with the replica that sent it. */
    static final long PROBE_LOST_MILLIS = 600_000;

    private final BreakerConfig config;
    private final SharedState state;

    public Breaker(BreakerConfig config, SharedState state) {
        this.config = config;
        this.state = state;
    }

    /** What operators are told. */
    public enum Phase {
        CLOSED,
        OPEN,
        /** Its time is over, and a probe must tell whether it closes. */
        HALF_OPEN
    }

    public Phase phase(Subject subject, long now) {
        Standing standing = state.of(subject);
        if (isClosed(standing)) {
            return Phase.CLOSED;
        }
        return standing.isSpared(now) ? Phase.OPEN : Phase.HALF_OPEN;
    }

    /** Whether a request may go there. */
    public enum Admission {
        OPEN_TO_ALL,
        /** Only as the one probe. */
        PROBE,
        NONE
    }

    /** @param desperate whether nobody else can serve the request */
    public Admission admission(Subject subject, long now, boolean desperate) {
        return admission(state.of(subject), now, desperate);
    }

    private Admission admission(Standing standing, long now, boolean desperate) {
        if (isClosed(standing)) {
            return Admission.OPEN_TO_ALL;
        }
        if (isProbed(standing, now)) {
            return Admission.NONE;
        }
        boolean due = !standing.isSpared(now)
                || (desperate
                        && now - standing.since() >= config.probeInterval().toMillis());
        return due ? Admission.PROBE : Admission.NONE;
    }

    private boolean isClosed(Standing standing) {
        return config.failures() == 0 || standing.failures() < config.failures();
    }

    private static boolean isProbed(Standing standing, long now) {
        return standing.probe() != Standing.NO_PROBE
                && now - standing.probe() < PROBE_LOST_MILLIS
                && !SetBack.between(standing.probe(), now);
    }

    /** Lets a request in. Answered {@link Admission#PROBE}, it is the only probe until it has told how it went. */
    public Admission enter(Subject subject, long now, boolean desperate) {
        Admission expected = admission(subject, now, desperate);
        if (expected != Admission.PROBE) {
            return expected;
        }
        Admission[] met = {expected};
        state.update(subject, standing -> {
            met[0] = admission(standing, now, desperate);
            return met[0] == Admission.PROBE ? standing.withProbe(now) : standing;
        });
        return met[0];
    }

    /** The provider answers again; whether it does so to the end is to be seen, so the next failure opens at once. */
    public void answered(Subject subject) {
        if (config.failures() > 0 && state.of(subject).failures() >= config.failures()) {
            state.update(subject, this::halfClosed);
        }
    }

    private Standing halfClosed(Standing standing) {
        int failures = Math.min(standing.failures(), config.failures() - 1);
        return failures == 0
                ? Standing.GOOD
                : new Standing(failures, standing.since(), 0, Standing.NO_PROBE, standing.cause());
    }

    public void succeeded(Subject subject) {
        if (state.of(subject) != Standing.GOOD) {
            state.update(subject, standing -> Standing.GOOD);
        }
    }

    /**
     * Whether it gave up for that.
     *
     * @param probe when the request that failed became the probe, or {@link Standing#NO_PROBE}
     */
    public boolean failed(Subject subject, Cause cause, long now, long probe) {
        boolean[] opened = {false};
        if (config.failures() > 0) {
            state.update(subject, standing -> {
                Standing next = failed(standing, cause, now, probe);
                opened[0] = next.isSpared(now) && !standing.isSpared(now);
                return next;
            });
        }
        return opened[0];
    }

    /** Another request's probe is still under way. */
    private Standing failed(Standing standing, Cause cause, long now, long probe) {
        int failures = Math.min(standing.failures() + 1, Integer.MAX_VALUE - 1);
        long until = failures >= config.failures() ? now + config.duration().toMillis() : 0;
        long left = standing.probe() == probe ? Standing.NO_PROBE : standing.probe();
        return new Standing(failures, now, until, left, Optional.of(cause));
    }

    /** A probe came back without a verdict; the next request may probe. */
    public void abandoned(Subject subject, long probe) {
        if (state.of(subject).probe() == probe) {
            state.update(
                    subject, standing -> standing.probe() == probe ? standing.withProbe(Standing.NO_PROBE) : standing);
        }
    }

    /** When anybody may ask it again; the moment itself when it may be asked now. */
    public long freeAt(Subject subject, long now) {
        Standing standing = state.of(subject);
        return isClosed(standing) ? now : standing.freeAt(now);
    }

    /** When a request that finds nobody else may ask it; while a probe is under way, when the next may go if it fails now. */
    public long probeAt(Subject subject, long now) {
        Standing standing = state.of(subject);
        if (isClosed(standing)) {
            return now;
        }
        long interval = config.probeInterval().toMillis();
        return isProbed(standing, now)
                ? now + interval
                : Math.max(now, Math.min(standing.freeAt(now), standing.since() + interval));
    }
}
