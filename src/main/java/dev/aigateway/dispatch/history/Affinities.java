package dev.aigateway.dispatch.history;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.ResponsesStoreConfig;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseParser;
import dev.aigateway.translation.splice.Splice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where each response came from: the provider that keeps it, if one does, and its conversation, since a turn that names an
 * earlier response has no beginning by which that could be known. Bounded by bytes and by age, as stored responses are; an
 * owner never finds what another one put in. Safe for concurrent use.
 */
@Singleton
public class Affinities {
    /** What an entry takes beside its texts. */
    private static final long OVERHEAD = 256;
    /** An entry is far smaller than a response, so that a part of the memory holds as many of them. */
    private static final long PART = 16;

    private final RecentEntries<Key, Origin> entries;

    private record Key(String owner, String id) {}

    @Inject
    public Affinities(CurrentConfig config) {
        this(() -> config.get().responsesStore(), System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    Affinities(Supplier<ResponsesStoreConfig> config, LongSupplier nanos) {
        Supplier<Duration> ttl = () -> config.get().ttl();
        this.entries = new RecentEntries<>(() -> config.get().maxBytes() / PART, ttl, nanos, gone -> {});
    }

    /** Empty for a response that is not known. */
    public synchronized Optional<Origin> find(String owner, String id) {
        return entries.find(new Key(owner, id));
    }

    /** @param answer a whole Responses answer, or the beginning of a streamed one */
    public void put(String owner, byte[] answer, Origin origin) {
        if (!origin.saysNothing()) {
            responseId(answer).ifPresent(id -> put(new Key(owner, id), origin));
        }
    }

    private synchronized void put(Key key, Origin origin) {
        entries.put(key, origin, OVERHEAD + key.owner.length() + key.id.length() + origin.size());
    }

    private static Optional<String> responseId(byte[] answer) {
        return id(ByteSlice.of(answer)).or(() -> idOfStream(answer));
    }

    private static Optional<String> idOfStream(byte[] answer) {
        List<String> ids = new ArrayList<>();
        new SseParser(answer.length).feed(answer, event -> addId(event, ids));
        return ids.stream().findFirst();
    }

    private static void addId(SseEvent event, List<String> ids) {
        if (ids.isEmpty()) {
            Splice.find(event.data(), "response").flatMap(Affinities::id).ifPresent(ids::add);
        }
    }

    private static Optional<String> id(ByteSlice response) {
        return Splice.find(response, "id").flatMap(ItemArray::text);
    }
}
