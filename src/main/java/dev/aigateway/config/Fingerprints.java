package dev.aigateway.config;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What files hold, in a form that can be kept: their digests, never their text.
 *
 * @param digests by file; empty for one that is not there, cannot be read or holds nothing
 */
record Fingerprints(Map<Path, String> digests) {
    static Fingerprints of(Collection<Path> files) {
        Map<Path, String> digests = new LinkedHashMap<>();
        files.forEach(file -> digests.put(file, digest(file)));
        return new Fingerprints(digests);
    }

    /** Whether a file that held something holds nothing any more. */
    boolean misses(Fingerprints earlier) {
        return earlier.digests.entrySet().stream()
                .anyMatch(entry -> !entry.getValue().isEmpty()
                        && digests.getOrDefault(entry.getKey(), "").isEmpty());
    }

    Set<Path> files() {
        return digests.keySet();
    }

    /** These and others. */
    Fingerprints and(Fingerprints others) {
        Map<Path, String> all = new LinkedHashMap<>(digests);
        all.putAll(others.digests);
        return new Fingerprints(all);
    }

    static String digest(Path file) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            return length == 0
                    ? ""
                    : HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            return "";
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
