package dev.aigateway.dispatch.history;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values in memory, bounded by bytes and by age; what was unused for longest goes first, and use makes nothing younger.
 * Not safe for concurrent use: its owner locks.
 */
final class RecentEntries<K, V> {
    /** How often in the life of an entry all are looked through for those that are too old. */
    private static final int SWEEPS = 16;

    private final LongSupplier maxBytes;
    private final Supplier<Duration> ttl;
    private final LongSupplier nanos;
    private final Consumer<V> gone;
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long lastSweep;

    private record Entry<V>(V value, long bytes, long since) {}

    /**
     * @param maxBytes asked for each time, since it may change
     * @param nanos a clock that only goes forward
     * @param gone hears of each value that is here no more
     */
    RecentEntries(LongSupplier maxBytes, Supplier<Duration> ttl, LongSupplier nanos, Consumer<V> gone) {
        this.maxBytes = maxBytes;
        this.ttl = ttl;
        this.nanos = nanos;
        this.gone = gone;
        this.lastSweep = nanos.getAsLong();
    }

    Optional<V> find(K key) {
        sweep();
        Entry<V> entry = entries.get(key);
        return entry == null || isOld(entry) ? Optional.empty() : Optional.of(entry.value);
    }

    /** Whether there was such an entry. */
    boolean remove(K key) {
        sweep();
        Entry<V> entry = entries.remove(key);
        release(entry);
        return entry != null && !isOld(entry);
    }

    /** False, and nothing is displaced, for an entry that is too large. */
    boolean put(K key, V value, long size) {
        sweep();
        if (size > maxBytes.getAsLong()) {
            return false;
        }
        release(entries.put(key, new Entry<>(value, size, nanos.getAsLong())));
        bytes += size;
        Iterator<Entry<V>> eldestFirst = entries.values().iterator();
        while (bytes > maxBytes.getAsLong()) {
            Entry<V> eldest = eldestFirst.next();
            eldestFirst.remove();
            release(eldest);
        }
        return true;
    }

    /** The memory taken at the moment. */
    long bytes() {
        return bytes;
    }

    private void sweep() {
        long now = nanos.getAsLong();
        if (now - lastSweep < ttl.get().toNanos() / SWEEPS) {
            return;
        }
        lastSweep = now;
        entries.values().removeIf(entry -> {
            boolean old = isOld(entry);
            if (old) {
                release(entry);
            }
            return old;
        });
    }

    private boolean isOld(Entry<V> entry) {
        return nanos.getAsLong() - entry.since >= ttl.get().toNanos();
    }

    private void release(@Nullable Entry<V> entry) {
        if (entry != null) {
            bytes -= entry.bytes;
            gone.accept(entry.value);
        }
    }
}
