package dev.aigateway.routing.state;

import java.util.Locale;

/** Why somebody is spared. */
public enum Cause {
    RATE_LIMIT,
    SERVER_ERROR,
    /** No answer came, or it broke off. */
    NETWORK,
    /** The key is no good: 401, 402 or 403. */
    REFUSED,
    NOT_FOUND,
    /** A scheduled check failed. */
    HEALTH_CHECK;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
