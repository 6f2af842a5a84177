package dev.aigateway.dispatch.rules;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The random ids that a preset of a cloak needs: the one exception from the rule that what goes upstream is a function of
 * the request. A bean rather than constants, since those of a native image would be the same in every process. Safe for
 * concurrent use (behaviour reference, sections 10.1 and 10.3).
 */
@Singleton
public class ProcessIdentity {
    private static final int SEED_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final byte[] seed = random(SEED_BYTES);
    private final String session = UUID.randomUUID().toString();

    /** The same as long as the process runs. */
    String session() {
        return session;
    }

    /** A new user. */
    String newUser() {
        return user(random(SEED_BYTES), UUID.randomUUID());
    }

    /** The same user for the same owner as long as the process runs. */
    String userOf(String owner) {
        ByteBuffer bits = ByteBuffer.wrap(digest("session:" + owner));
        // The marks of a random UUID, as a client would make it.
        long high = bits.getLong() & ~0xF000L | 0x4000L;
        long low = bits.getLong() & ~(3L << 62) | 1L << 63;
        return user(digest("user:" + owner), new UUID(high, low));
    }

    private static String user(byte[] user, UUID session) {
        return "user_" + HexFormat.of().formatHex(user) + "_account__session_" + session;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(seed);
            return digest.digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
