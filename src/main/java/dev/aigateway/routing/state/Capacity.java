package dev.aigateway.routing.state;

import dev.aigateway.config.ShareConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many requests run at one provider and with each of its keys, and who waits for a place. Waiting is in order of
 * arrival. A place that becomes free is handed over in the same step, so that whenever the lock is free, nobody waits for
 * a place that is, and newcomers overtake nobody. Everybody is counted, limits or none, since a reload may set one.
 *
 * <p>Safe for concurrent use; whoever waits is called back on the thread that gave the place up, outside the lock.
 */
public final class Capacity {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<KeyId, Integer> runningPerKey = new HashMap<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int running;
    /** What the configuration in force says; before there was one, each place knows. */
    private @Nullable Limits limits;

    /** @param ofKeys those of the configuration; what else there is goes by the provider's own */
    public record Limits(ShareConfig ofProvider, Map<KeyId, ShareConfig> ofKeys) {
        public Limits {
            ofKeys = Map.copyOf(ofKeys);
        }

        private ShareConfig of(KeyId key) {
            return ofKeys.getOrDefault(key, ofProvider);
        }
    }

    /** One way to be served: the key and the limits that held for it when the request came. */
    public record Place(KeyId key, ShareConfig share) {}

    /** Somebody who would take any of several places. */
    public static final class Waiter {
        private final List<Place> places;
        private final Consumer<Place> granted;

        private Waiter(List<Place> places, Consumer<Place> granted) {
            this.places = places;
            this.granted = granted;
        }
    }

    private record Grant(Waiter waiter, Place place) {
        void hand() {
            waiter.granted.accept(place);
        }
    }

    /** From now on these limits hold, for those who wait as well; whoever has a place keeps it. */
    public void limit(Limits next) {
        List<Grant> grants;
        lock.lock();
        try {
            limits = next;
            grants = grants();
        } finally {
            lock.unlock();
        }
        grants.forEach(Grant::hand);
    }

    /** Takes the place if it is free; it must be given back. */
    public boolean take(Place place) {
        lock.lock();
        try {
            return occupy(place);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues for one of the places, or takes one that has become free since the caller looked; empty when the queue is
     * full.
     */
    public Optional<Waiter> queue(List<Place> places, int queueSize, Consumer<Place> granted) {
        Waiter waiter = new Waiter(List.copyOf(places), granted);
        Optional<Grant> grant;
        lock.lock();
        try {
            grant = grant(waiter);
            if (grant.isEmpty()) {
                if (waiters.size() >= queueSize) {
                    return Optional.empty();
                }
                waiters.addLast(waiter);
            }
        } finally {
            lock.unlock();
        }
        grant.ifPresent(Grant::hand);
        return Optional.of(waiter);
    }

    /** Whether the waiter was still waiting; otherwise it has been, or is being, granted a place. */
    public boolean leave(Waiter waiter) {
        lock.lock();
        try {
            return waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    public void giveBack(Place place) {
        List<Grant> grants;
        lock.lock();
        try {
            running--;
            runningPerKey.merge(place.key(), -1, (had, less) -> had + less == 0 ? null : had + less);
            grants = grants();
        } finally {
            lock.unlock();
        }
        grants.forEach(Grant::hand);
    }

    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    public int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** More than one when a reload has raised the limit. */
    private List<Grant> grants() {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<Grant> grants = new ArrayList<>();
        for (Iterator<Waiter> it = waiters.iterator(); it.hasNext(); ) {
            Optional<Grant> grant = grant(it.next());
            if (grant.isPresent()) {
                it.remove();
                grants.add(grant.get());
            }
        }
        return grants;
    }

    private Optional<Grant> grant(Waiter waiter) {
        for (Place place : waiter.places) {
            if (occupy(place)) {
                return Optional.of(new Grant(waiter, place));
            }
        }
        return Optional.empty();
    }

    private boolean occupy(Place place) {
        ShareConfig share = limits == null ? place.share() : limits.of(place.key());
        int perKey = runningPerKey.getOrDefault(place.key(), 0);
        boolean free = (share.maxConcurrent() == 0 || running < share.maxConcurrent())
                && (share.maxConcurrentPerKey() == 0 || perKey < share.maxConcurrentPerKey());
        if (free) {
            running++;
            runningPerKey.put(place.key(), perKey + 1);
        }
        return free;
    }
}
