package dev.aigateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** What files hold, in a form that can be kept: their digests, never their text. */
record Fingerprints(List<String> digests) {
    static Fingerprints of(List<Path> files) {
        TreeMap<String, String> digests = new TreeMap<>();
        files.forEach(file -> digests.put(file.toString(), digest(file)));
        return new Fingerprints(
                digests.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList());
    }

    private static String digest(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)))
                    : "absent";
        } catch (IOException e) {
            return "unreadable";
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
