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
 * To which conversation each response belongs, whoever keeps the response: a turn that names an earlier response has no
 * beginning by which its conversation could be known. Bounded by bytes and by age, as stored responses are; an owner never
 * finds what another one put in. Safe for concurrent use.
 */
@Singleton
public class Affinities {
    /** What an entry takes beside its texts. */
    private static final long OVERHEAD = 256;
    /** An entry is far smaller than a response, so that a part of the memory holds as many of them. */
    private static final long PART = 16;

    private final RecentEntries<Key, Long> entries;

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

    /** That of the response which a Responses request continues; empty when it continues none, or one that is not known. */
    public Optional<Long> find(String owner, byte[] request) {
        // A long request is not looked through while others wait.
        return History.previousId(request).flatMap(id -> find(new Key(owner, id)));
    }

    private synchronized Optional<Long> find(Key key) {
        return entries.find(key);
    }

    /** @param answer a whole Responses answer, or the beginning of a streamed one */
    public void put(String owner, byte[] answer, long affinity) {
        responseId(answer).ifPresent(id -> put(new Key(owner, id), affinity));
    }

    private synchronized void put(Key key, long affinity) {
        entries.put(key, affinity, OVERHEAD + key.owner.length() + key.id.length());
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
