package dev.aigateway.dispatch.history;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.ResponsesStoreConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Responses in memory, bounded by bytes and by age; what was unused for longest goes first. An owner never finds what
 * another one put in. Safe for concurrent use.
 */
@Singleton
public class ResponseStore {
    /** What an entry takes beside its texts. */
    private static final long OVERHEAD = 512;
    /** How often in the life of a response all are looked through for those that are too old. */
    private static final int SWEEPS = 16;

    private final Supplier<ResponsesStoreConfig> config;
    private final LongSupplier nanos;
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long lastSweep;

    private record Key(String owner, String id) {}

    private record Entry(StoredResponse response, long bytes, long since) {}

    @Inject
    public ResponseStore(CurrentConfig config) {
        this(() -> config.get().responsesStore(), System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    ResponseStore(Supplier<ResponsesStoreConfig> config, LongSupplier nanos) {
        this.config = config;
        this.nanos = nanos;
        this.lastSweep = nanos.getAsLong();
    }

    public boolean isEnabled() {
        return config.get().enabled();
    }

    public synchronized Optional<StoredResponse> find(String owner, String id) {
        sweep();
        Entry entry = entries.get(new Key(owner, id));
        return entry == null || isOld(entry) ? Optional.empty() : Optional.of(entry.response);
    }

    /** Whether there was such a response. */
    public synchronized boolean remove(String owner, String id) {
        sweep();
        Entry entry = entries.remove(new Key(owner, id));
        release(entry);
        return entry != null && !isOld(entry);
    }

    synchronized void put(String owner, StoredResponse response) {
        sweep();
        Key key = new Key(owner, response.id());
        long size = OVERHEAD + response.bytes() + owner.length() + response.id().length();
        if (!config.get().enabled() || size > config.get().maxBytes()) {
            return;
        }
        release(entries.put(key, new Entry(response, size, nanos.getAsLong())));
        bytes += size;
        Iterator<Entry> eldestFirst = entries.values().iterator();
        while (bytes > config.get().maxBytes()) {
            release(eldestFirst.next());
            eldestFirst.remove();
        }
    }

    /** The memory taken at the moment. */
    synchronized long bytes() {
        return bytes;
    }

    private void sweep() {
        long now = nanos.getAsLong();
        if (now - lastSweep < config.get().ttl().toNanos() / SWEEPS) {
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

    private boolean isOld(Entry entry) {
        return nanos.getAsLong() - entry.since >= config.get().ttl().toNanos();
    }

    private void release(@Nullable Entry entry) {
        if (entry != null) {
            bytes -= entry.bytes;
        }
    }
}
