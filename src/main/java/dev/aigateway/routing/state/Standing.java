package dev.aigateway.routing.state;

import java.util.Optional;

/**
 * What is known of one subject at one moment. Immutable; changed by replacing it in {@link SharedState}. Times are
 * milliseconds since the epoch, so that replicas understand each other.
 *
 * @param failures how many in a row
 * @param since when the last failure was
 * @param until before which it is spared
 * @param probe when a probe was sent that has not come back; 0 when there is none
 * @param cause of the failure that counts: the last one, or the one for which it is spared
 */
public record Standing(int failures, long since, long until, long probe, Optional<Cause> cause) {
    public static final long NO_PROBE = 0;

    public static final Standing GOOD = new Standing(0, 0, 0, 0, Optional.empty());

    /** Not by a clock that has been set back since: nobody is spared for much longer than he should be. */
    public boolean isSpared(long now) {
        return now < until && !SetBack.between(since, now);
    }

    /** When it is spared no more; the moment itself when it is not. */
    long freeAt(long now) {
        return isSpared(now) ? until : now;
    }

    Standing withProbe(long sent) {
        return new Standing(failures, since, until, sent, cause);
    }

    /** What spares it for longer stays, with its cause. */
    Standing sparedUntil(long end, long now, Cause why) {
        return end < until && isSpared(now) ? this : new Standing(failures, now, end, probe, Optional.of(why));
    }

    public boolean isFor(Cause why) {
        return cause.filter(why::equals).isPresent();
    }
}
