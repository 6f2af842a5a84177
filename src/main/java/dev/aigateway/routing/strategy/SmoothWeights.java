package dev.aigateway.routing.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/**
 * Smooth weighted round-robin: everybody earns credit by weight with each turn, and whoever has most is chosen and pays
 * for all. Shares are exact over each full cycle and choices are spread evenly: 5, 1, 1 gives a a b a c a a (behaviour
 * reference, 15.6). With equal weights it is plain round-robin.
 *
 * <p>Safe for concurrent use; a turn takes a short lock of its scope.
 */
final class SmoothWeights {
    private final Map<String, Turns> scopes = new ConcurrentHashMap<>();

    /** The chosen one first, then the others by who would be next. */
    <T> List<Contender<T>> rank(String scope, List<Contender<T>> contenders, ToIntFunction<Contender<T>> weight) {
        return scopes.computeIfAbsent(scope, ignored -> new Turns()).rank(contenders, weight, true);
    }

    /** What {@link #rank} would say, without a turn. */
    <T> List<Contender<T>> peek(String scope, List<Contender<T>> contenders, ToIntFunction<Contender<T>> weight) {
        return scopes.getOrDefault(scope, new Turns()).rank(contenders, weight, false);
    }

    private static final class Turns {
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, Long> credits = new HashMap<>();

        <T> List<Contender<T>> rank(List<Contender<T>> contenders, ToIntFunction<Contender<T>> weight, boolean taken) {
            record Standing<T>(Contender<T> contender, long credit) {}
            List<Standing<T>> standings = new ArrayList<>(contenders.size());
            lock.lock();
            try {
                if (taken) {
                    forgetStrangers(contenders);
                }
                long total = 0;
                Standing<T> chosen = null;
                for (Contender<T> contender : contenders) {
                    int share = weight.applyAsInt(contender);
                    total += share;
                    long credit = credits.getOrDefault(contender.id(), 0L) + share;
                    if (taken) {
                        credits.put(contender.id(), credit);
                    }
                    Standing<T> one = new Standing<>(contender, credit);
                    standings.add(one);
                    if (chosen == null || one.credit > chosen.credit) {
                        chosen = one;
                    }
                }
                if (chosen != null && taken) {
                    credits.put(chosen.contender.id(), chosen.credit - total);
                }
            } finally {
                lock.unlock();
            }
            // Sorting is stable: of equals, the first was chosen.
            standings.sort(
                    Comparator.comparingLong((Standing<T> one) -> one.credit).reversed());
            List<Contender<T>> order = new ArrayList<>(standings.size());
            for (Standing<T> one : standings) {
                order.add(one.contender);
            }
            return order;
        }

        /** Those who are gone keep no place; those who are only in trouble for now keep theirs. */
        private void forgetStrangers(List<? extends Contender<?>> contenders) {
            if (credits.size() > 2 * contenders.size() + 64) {
                credits.keySet()
                        .retainAll(contenders.stream().map(Contender::id).toList());
            }
        }
    }
}
