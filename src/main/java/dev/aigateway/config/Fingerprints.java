package dev.aigateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What files hold, in a form that can be kept: their digests, never their text.
 *
 * @param digests by file; empty for one that is not there, cannot be read or holds nothing
 */
record Fingerprints(Map<Path, String> digests) {
    static Fingerprints of(List<Path> files) {
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

    private static String digest(Path file) {
        try {
            byte[] content = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            return content.length == 0 ? "" : HexFormat.of().formatHex(sha256().digest(content));
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
