package dev.aigateway.routing.state;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How often a provider may be asked again by requests that it has already failed: a share of the requests that come to it,
 * and a few a second for quiet times. So an outage meets hardly more load than good weather does.
 *
 * <p>A token bucket in thousandths, refilled by requests and by time. Lock-free.
 */
public final class RetryBudget {
    private static final long TOKEN = 1000;
    /** What is there after a quiet time, and the most that time alone gives. */
    static final long RESERVE = 10;
    /** What requests can save up. */
    static final long CEILING = 100;

    private final AtomicReference<Purse> purse;

    private record Purse(long millitokens, long at) {}

    /** @param now milliseconds since the epoch */
    public RetryBudget(long now) {
        this.purse = new AtomicReference<>(new Purse(RESERVE * TOKEN, now));
    }

    /** A request comes to the provider for the first time. */
    public void earn(int percent) {
        if (purse.get().millitokens == CEILING * TOKEN) {
            return;
        }
        purse.updateAndGet(
                had -> new Purse(Math.min(had.millitokens + percent * TOKEN / 100, CEILING * TOKEN), had.at));
    }

    /** Whether one more repetition is allowed. */
    public boolean allows(long now) {
        return refilled(purse.get(), now).millitokens >= TOKEN;
    }

    /** The same; takes it. */
    public boolean spend(long now) {
        while (true) {
            Purse had = purse.get();
            Purse refilled = refilled(had, now);
            boolean enough = refilled.millitokens >= TOKEN;
            Purse left = enough ? new Purse(refilled.millitokens - TOKEN, refilled.at) : refilled;
            if (left.equals(had) || purse.compareAndSet(had, left)) {
                return enough;
            }
        }
    }

    /** One token a second, up to the reserve; goes on from the new time when the clock was set back. */
    private static Purse refilled(Purse had, long now) {
        long passed = Math.max(0, now - had.at);
        long gained = Math.min(passed, Math.max(0, RESERVE * TOKEN - had.millitokens));
        return new Purse(had.millitokens + gained, SetBack.between(had.at, now) ? now : Math.max(now, had.at));
    }
}
