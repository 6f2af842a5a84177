package dev.aigateway.config;

/**
 * How much of the traffic goes to a provider or a key.
 *
 * @param weight its share among those that serve the same, from 1
 * @param priority lower comes first; those without one come last
 * @param maxConcurrent the most requests at once; 0 means any number
 * @param maxConcurrentPerKey the same for each of its keys
 */
public record ShareConfig(int weight, int priority, int maxConcurrent, int maxConcurrentPerKey) {
    public static final int NO_PRIORITY = Integer.MAX_VALUE;
    public static final ShareConfig DEFAULT = new ShareConfig(1, NO_PRIORITY, 0, 0);
}
