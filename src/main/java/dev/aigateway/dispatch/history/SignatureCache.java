package dev.aigateway.dispatch.history;

import dev.aigateway.translation.tools.Fingerprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Signatures of earlier answers, for clients that drop what they do not know: by conversation and tool call, and by tool
 * call alone for when the beginning of a conversation has changed. Bounded by bytes and by age; an owner never finds what
 * another one put in. Safe for concurrent use (translation reference, section 9.4).
 */
@Singleton
public class SignatureCache {
    /** A call's signature is about 1 KiB, a step's thinking some more: room for some ten thousand steps. */
    static final long MAX_BYTES = 32L * 1024 * 1024;
    /** So that one client cannot displace all others at once. */
    static final long MAX_ENTRY_BYTES = MAX_BYTES / 16;
    /** A working day: longer than any turn, and most conversations. */
    static final Duration TTL = Duration.ofHours(12);

    /** What an entry takes beside its texts. */
    private static final long OVERHEAD = 256;

    private static final int KEY_DIGITS = 32;

    private final RecentEntries<String, SignedCall> entries;

    @Inject
    public SignatureCache() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    SignatureCache(LongSupplier nanos) {
        this.entries = new RecentEntries<>(() -> MAX_BYTES, () -> TTL, nanos, gone -> {});
    }

    /** @param conversation what all requests of the same conversation have in common */
    synchronized void put(String owner, String conversation, String callId, SignedCall call) {
        long size = OVERHEAD + call.bytes();
        if (size <= MAX_ENTRY_BYTES) {
            entries.put(key(owner, conversation, callId), call, size);
            entries.put(key(owner, "", callId), call, size);
        }
    }

    /** Equal ids of calls to different tools are not the same call. */
    synchronized Optional<SignedCall> find(String owner, String conversation, String callId, String tool) {
        return entries.find(key(owner, conversation, callId))
                .or(() -> entries.find(key(owner, "", callId)))
                .filter(call -> call.tool().equals(tool));
    }

    /** The memory taken at the moment. */
    synchronized long bytes() {
        return entries.bytes();
    }

    private static String key(String owner, String conversation, String callId) {
        return Fingerprint.of(owner + "\n" + conversation + "\n" + callId, KEY_DIGITS);
    }
}
