package dev.aigateway.routing;

import dev.aigateway.config.Glob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The model-mapping of the whole gateway. Of several patterns the one that fixes most of the name decides, so that
 * {@code *} comes last; among equals the first. Immutable.
 */
final class NameMapping {
    private record Pattern(Glob glob, String model) {}

    private final Map<String, Step> exact = new LinkedHashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    NameMapping(Map<Glob, String> mapping) {
        mapping.forEach((glob, model) -> {
            if (glob.isLiteral()) {
                exact.put(glob.pattern(), new Step(Rule.MAPPED, glob.pattern(), model, ""));
            } else {
                patterns.add(new Pattern(glob, model));
            }
        });
        patterns.sort(
                Comparator.comparingInt((Pattern pattern) -> pattern.glob().literalLength())
                        .reversed());
    }

    Optional<Step> byName(String name) {
        return Optional.ofNullable(exact.get(name));
    }

    Optional<Step> byPattern(String name) {
        return patterns.stream()
                .filter(pattern -> pattern.glob().matches(name))
                .findFirst()
                .map(pattern -> new Step(
                        Rule.MAPPED_BY_PATTERN,
                        name,
                        pattern.model(),
                        pattern.glob().pattern()));
    }

    /** The names that are mapped as they stand, as configured. */
    Set<String> names() {
        return exact.keySet();
    }
}
