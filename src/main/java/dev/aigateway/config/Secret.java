package dev.aigateway.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A key that must not be seen: it prints as {@code ***} and compares in constant time. Deliberately not serializable.
 * Immutable and safe to share between threads.
 */
public final class Secret {
    private final byte[] utf8;

    private Secret(byte[] utf8) {
        this.utf8 = utf8;
    }

    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The key itself; only for the place that puts it on the wire. */
    public String reveal() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Takes the same time wherever the two keys differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(utf8, secret.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
