package dev.aigateway.dispatch;

import dev.aigateway.translation.repair.Repair;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What models were found not to accept, so that a request is refused for it only once an hour. Bounded: beyond its limits
 * what was learned longest ago is forgotten. Safe for concurrent use (translation reference, section 15.6).
 */
@Singleton
public class LearnedRepairs {
    static final Duration LIFE = Duration.ofHours(1);
    static final int MOST_UPSTREAMS = 1000;
    static final int MOST_REPAIRS = 16;
    /** A client may choose the name of a model freely where a provider lists none. */
    static final int LONGEST_NAME = 256;

    private final LongSupplier nanos;
    private final ConcurrentHashMap<Upstream, List<Learned>> byUpstream = new ConcurrentHashMap<>();

    private record Upstream(String provider, String model) {}

    private record Learned(Repair repair, long since) {}

    @Inject
    public LearnedRepairs() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    LearnedRepairs(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** In the order in which they were learned. */
    List<Repair> of(String provider, String model) {
        @Nullable List<Learned> all = byUpstream.get(new Upstream(provider, model));
        return all == null
                ? List.of()
                : fresh(all).stream().map(Learned::repair).toList();
    }

    /** Remembers a repair in the place of an earlier one of the same kind. */
    void learn(String provider, String model, Repair repair) {
        if (provider.length() + model.length() > LONGEST_NAME) {
            return;
        }
        Upstream upstream = new Upstream(provider, model);
        if (!byUpstream.containsKey(upstream) && byUpstream.size() >= MOST_UPSTREAMS) {
            forgetOldest();
        }
        byUpstream.merge(upstream, List.of(new Learned(repair, nanos.getAsLong())), this::added);
    }

    int upstreams() {
        return byUpstream.size();
    }

    private List<Learned> added(List<Learned> known, List<Learned> latest) {
        List<Learned> all = new ArrayList<>(fresh(known));
        String kind = latest.getFirst().repair().kind();
        all.removeIf(learned -> learned.repair().kind().equals(kind));
        all.addAll(latest);
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_REPAIRS), all.size()));
    }

    private void forgetOldest() {
        byUpstream.values().removeIf(all -> fresh(all).isEmpty());
        while (byUpstream.size() >= MOST_UPSTREAMS) {
            byUpstream.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> -age(entry.getValue().getLast())))
                    .ifPresent(oldest -> byUpstream.remove(oldest.getKey(), oldest.getValue()));
        }
    }

    private List<Learned> fresh(List<Learned> all) {
        return all.stream().filter(learned -> age(learned) < LIFE.toNanos()).toList();
    }

    private long age(Learned learned) {
        return nanos.getAsLong() - learned.since();
    }
}
