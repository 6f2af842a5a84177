package dev.aigateway.routing.state;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How soon each model of a provider has lately begun to answer: a moving average that forgets, so that one who was slow
 * is tried again some day. Lock-free reads; bounded.
 */
public final class Latency {
    private static final int MOST_MODELS = 1000;
    /** After that time half of what was seen is forgotten. */
    private static final double HALF_LIFE_MILLIS = 60_000;

    private static final double WEIGHT_OF_LATEST = 0.3;

    private final Map<String, Seen> models = new ConcurrentHashMap<>();

    private record Seen(double millis, long at) {}

    public void saw(String model, long millis, long now) {
        if (models.size() >= MOST_MODELS && !models.containsKey(model)) {
            makeSpace();
        }
        models.merge(
                model,
                new Seen(Math.max(0, millis), now),
                (had, latest) -> new Seen(had.millis + WEIGHT_OF_LATEST * (latest.millis - had.millis), now));
    }

    /** Clients may make up models; those that nobody has asked for lately are missed least. */
    private void makeSpace() {
        models.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Seen::at)))
                .limit(MOST_MODELS / 10)
                .toList()
                .forEach(entry -> models.remove(entry.getKey(), entry.getValue()));
    }

    /** In milliseconds; 0 for one that was never seen, so that it is tried. */
    public double of(String model, long now) {
        Seen seen = models.get(model);
        // How long ago it was, nobody knows after the clock was set back.
        return seen == null || SetBack.between(seen.at, now)
                ? 0
                : seen.millis * Math.pow(0.5, Math.max(0, now - seen.at) / HALF_LIFE_MILLIS);
    }
}
