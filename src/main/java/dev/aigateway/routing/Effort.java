package dev.aigateway.routing;

/** How hard the search for a candidate is. */
enum Effort {
    /** Those who have not failed this request. */
    FRESH,
    /** Providers that have already failed this request, as far as their budget goes. */
    REPEATED,
    /** Providers that have been given up, as an early probe. */
    DESPERATE,
    /** Whoever there is. */
    LAST_RESORT;

    boolean isDesperate() {
        return compareTo(DESPERATE) >= 0;
    }

    /** @param troubled whether the provider has already failed the request */
    boolean includes(boolean troubled) {
        return isDesperate() || troubled == (this == REPEATED);
    }
}
