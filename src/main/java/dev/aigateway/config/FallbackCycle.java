package dev.aigateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a model that would in the end fall back to itself. */
final class FallbackCycle {
    private final Map<String, List<String>> fallbacks;
    private final Set<String> cleared = new HashSet<>();

    FallbackCycle(Map<String, List<String>> fallbacks) {
        this.fallbacks = fallbacks;
    }

    /** The models of one circle, from a model back to itself. */
    Optional<List<String>> find() {
        return fallbacks.keySet().stream()
                .map(model -> from(model, new ArrayList<>()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<List<String>> from(String model, List<String> path) {
        int again = path.indexOf(model);
        path.add(model);
        if (again >= 0) {
            return Optional.of(List.copyOf(path.subList(again, path.size())));
        }
        if (!cleared.contains(model)) {
            for (String next : fallbacks.getOrDefault(model, List.of())) {
                Optional<List<String>> cycle = from(next, path);
                if (cycle.isPresent()) {
                    return cycle;
                }
            }
            cleared.add(model);
        }
        path.removeLast();
        return Optional.empty();
    }
}
