package dev.aigateway.translation.tools;

import java.util.regex.Pattern;

/**
 * Ids of tool calls that every dialect accepts. A pure function of its input, so a call and its result, which hold the
 * same id, go on doing so (translation reference, section 10.3).
 */
public final class CallIds {
    /** The narrowest limit is Chat's. */
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private CallIds() {}

    /** The id itself where it is legal, else one made from it. */
    public static String legal(String id) {
        return LEGAL.matcher(id).matches() ? id : invented(id);
    }

    /** An id for a call that has none; {@code seed} must be unique to the call. */
    public static String invented(String seed) {
        return "call_" + Fingerprint.of(seed, 20);
    }
}
