package dev.aigateway.dispatch.history;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.ResponsesStoreConfig;
import dev.aigateway.sse.ByteSlice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Responses in memory, bounded by bytes and by age; what was unused for longest goes first. An owner never finds what
 * another one put in. Safe for concurrent use.
 */
@Singleton
public class ResponseStore {
    /** What an entry takes beside its texts. */
    private static final long OVERHEAD = 512;
    /** What it takes to find an item by its id. */
    private static final long ITEM_OVERHEAD = 256;

    private final Supplier<ResponsesStoreConfig> config;
    private final RecentEntries<Key, Entry> entries;
    /** The response that each item was said in. */
    private final Map<Key, Key> items = new HashMap<>();

    private record Key(String owner, String id) {}

    private record Entry(Key key, StoredResponse response, List<String> itemIds) {}

    @Inject
    public ResponseStore(CurrentConfig config) {
        this(() -> config.get().responsesStore(), System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    ResponseStore(Supplier<ResponsesStoreConfig> config, LongSupplier nanos) {
        this.config = config;
        this.entries = new RecentEntries<>(
                () -> config.get().maxBytes(), () -> config.get().ttl(), nanos, this::forgetItems);
    }

    public boolean isEnabled() {
        return config.get().enabled();
    }

    public synchronized Optional<StoredResponse> find(String owner, String id) {
        return entries.find(new Key(owner, id)).map(Entry::response);
    }

    /** An item of the output of a response, with all signatures. */
    Optional<ByteSlice> findItem(String owner, String id) {
        // Long outputs are not looked through while others wait.
        return findSaying(new Key(owner, id)).flatMap(response -> ItemArray.find(ByteSlice.of(response.output()), id));
    }

    private synchronized Optional<StoredResponse> findSaying(Key item) {
        return Optional.ofNullable(items.get(item)).flatMap(entries::find).map(Entry::response);
    }

    /** Whether there was such a response. */
    public synchronized boolean remove(String owner, String id) {
        return entries.remove(new Key(owner, id));
    }

    void put(String owner, StoredResponse response) {
        if (!config.get().enabled()) {
            return;
        }
        Key key = new Key(owner, response.id());
        List<String> itemIds = ItemArray.ids(ByteSlice.of(response.output()));
        long size = OVERHEAD + response.bytes() + owner.length() + response.id().length();
        put(new Entry(key, response, itemIds), size + ITEM_OVERHEAD * itemIds.size());
    }

    private synchronized void put(Entry entry, long size) {
        if (entries.put(entry.key, entry, size)) {
            entry.itemIds.forEach(id -> items.put(new Key(entry.key.owner, id), entry.key));
        }
    }

    /** The memory taken at the moment. */
    synchronized long bytes() {
        return entries.bytes();
    }

    /** An item may have been said again by a later response, which keeps it. */
    private void forgetItems(Entry entry) {
        entry.itemIds.forEach(id -> items.remove(new Key(entry.key.owner, id), entry.key));
    }
}
