package dev.aigateway.routing.state;

/**
 * Tells a clock that was set back from one that another thread, or another replica, has read a little later. What was
 * remembered before means nothing by the new time.
 */
final class SetBack {
    private static final long MOST_SKEW_MILLIS = 10_000;

    private SetBack() {}

    /** Whether it was between the two readings. */
    static boolean between(long before, long now) {
        return before - now > MOST_SKEW_MILLIS;
    }
}
