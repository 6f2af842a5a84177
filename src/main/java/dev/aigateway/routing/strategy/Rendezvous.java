package dev.aigateway.routing.strategy;

/**
 * Rendezvous hashing: every contender draws a number from its own name and the conversation's. The same conversation finds
 * the same order again without anybody remembering it, in every replica; when one contender goes, only its own
 * conversations move.
 */
final class Rendezvous {
    private static final long FNV_PRIME = 0x100000001b3L;

    private Rendezvous() {}

    /** Evenly spread in [0, 1). */
    static double fraction(long conversation, String contender) {
        long hash = mixed(conversation);
        for (int i = 0; i < contender.length(); i++) {
            hash = (hash ^ contender.charAt(i)) * FNV_PRIME;
        }
        return (mixed(hash) >>> 11) * 0x1.0p-53;
    }

    /** Spreads each bit over all others: the finalizer of SplitMix64. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
