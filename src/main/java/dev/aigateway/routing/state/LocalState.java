package dev.aigateway.routing.state;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The state of this process alone. Bounded: clients may make up models, and each may fail. Safe for concurrent use; reads
 * take no lock.
 */
@Singleton
public class LocalState implements SharedState {
    static final int MOST = 10_000;

    private final ConcurrentHashMap<Subject, Standing> standings = new ConcurrentHashMap<>();

    @Override
    public Standing of(Subject subject) {
        return standings.getOrDefault(subject, Standing.GOOD);
    }

    @Override
    public boolean isQuiet() {
        return standings.isEmpty();
    }

    @Override
    public Standing update(Subject subject, UnaryOperator<Standing> change) {
        if (standings.size() >= MOST) {
            makeRoom();
        }
        Standing now = standings.compute(subject, (same, known) -> {
            Standing next = change.apply(known == null ? Standing.GOOD : known);
            return next.equals(Standing.GOOD) ? null : next;
        });
        return now == null ? Standing.GOOD : now;
    }

    @Override
    public Map<Subject, Standing> all() {
        return Map.copyOf(standings);
    }

    /** Those whose time ends first are missed least. */
    private void makeRoom() {
        standings.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) -> Long.compare(a.until(), b.until())))
                .limit(MOST / 10)
                .toList()
                .forEach(entry -> standings.remove(entry.getKey(), entry.getValue()));
    }
}
