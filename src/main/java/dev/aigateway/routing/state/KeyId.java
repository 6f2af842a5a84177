package dev.aigateway.routing.state;

import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which key of which provider, whatever its place in the configuration: what is known about a key at run time is kept by
 * this, and so outlives a reload that moves the key.
 *
 * @param fingerprint of the key, or the file that it is from; empty for a provider that needs none
 * @param callers whether a client brought it; there may be any number of those
 */
public record KeyId(String provider, String fingerprint, boolean callers) {
    private static final int FINGERPRINT_BYTES = 8;

    /** One of the configuration. */
    public KeyId(String provider, String fingerprint) {
        this(provider, fingerprint, false);
    }

    public static KeyId ofCaller(String provider, Secret key) {
        return new KeyId(provider, fingerprint(key), true);
    }

    public static KeyId of(String provider, Optional<Secret> key) {
        return new KeyId(provider, key.map(KeyId::fingerprint).orElse(""));
    }

    /** By what a switch knows a key: one from a file is the same when the file gets a new token, as it does every few hours. */
    public static KeyId ofSwitch(KeyConfig key) {
        String provider = key.settings().name();
        return key.file()
                .map(file -> new KeyId(provider, "file " + file))
                .orElseGet(() -> of(provider, Optional.of(key.secret())));
    }

    private static String fingerprint(Secret key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(key.reveal().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the fingerprint, which is nobody's business. */
    @Override
    public String toString() {
        return provider;
    }
}
