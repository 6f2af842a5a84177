package dev.aigateway.routing.state;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The state of this process alone. Bounded: clients may make up models and keys, and each may fail. What clients bring as
 * keys of their own has a room apart, so that it displaces nothing but its like. Safe for concurrent use; reads take no
 * lock.
 */
@Singleton
public class LocalState implements SharedState {
    /** In each of the rooms. */
    static final int MOST = 10_000;

    private final ConcurrentHashMap<Subject, Standing> standings = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Subject, Standing> ofCallers = new ConcurrentHashMap<>();

    @Override
    public Standing of(Subject subject) {
        return room(subject).getOrDefault(subject, Standing.GOOD);
    }

    @Override
    public boolean isQuiet() {
        return standings.isEmpty() && ofCallers.isEmpty();
    }

    @Override
    public Standing update(Subject subject, UnaryOperator<Standing> change) {
        ConcurrentHashMap<Subject, Standing> room = room(subject);
        if (room.size() >= MOST) {
            makeSpace(room);
        }
        Standing now = room.compute(subject, (same, known) -> {
            Standing next = change.apply(known == null ? Standing.GOOD : known);
            return next.equals(Standing.GOOD) ? null : next;
        });
        return now == null ? Standing.GOOD : now;
    }

    @Override
    public Map<Subject, Standing> all() {
        Map<Subject, Standing> all = new HashMap<>(standings);
        all.putAll(ofCallers);
        return Map.copyOf(all);
    }

    private ConcurrentHashMap<Subject, Standing> room(Subject subject) {
        return subject.callers() ? ofCallers : standings;
    }

    /** Those whose time ends first are missed least. */
    private static void makeSpace(ConcurrentHashMap<Subject, Standing> room) {
        room.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) -> Long.compare(a.until(), b.until())))
                .limit(MOST / 10)
                .toList()
                .forEach(entry -> room.remove(entry.getKey(), entry.getValue()));
    }
}
