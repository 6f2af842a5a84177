package dev.aigateway.routing;

import dev.aigateway.config.Glob;
import dev.aigateway.config.ModelConfig;
import dev.aigateway.config.ModelsConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider, or one of its keys, serves: the ids that it has under a name, the name taken without its prefix. What it
 * excludes is in none of the answers. Immutable; the names that stand for themselves are found by hash.
 */
final class Menu {
    /** @param id empty when the asked name is the id */
    private record Pattern(Glob glob, Optional<String> id) {}

    private final Map<String, List<String>> listed = new LinkedHashMap<>();
    private final Set<String> shown = new LinkedHashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<Glob> excluded;
    private final boolean takesAny;
    private final String prefix;

    Menu(ModelsConfig models) {
        excluded = models.excluded();
        takesAny = models.listed().isEmpty();
        prefix = models.prefix().orElse("");
        models.listed().forEach(this::listName);
        models.mapping().forEach(this::map);
        models.listed().forEach(this::listId);
        listed.keySet().removeIf(this::excludes);
        listed.replaceAll((name, ids) -> without(ids));
        listed.values().removeIf(List::isEmpty);
        shown.retainAll(listed.keySet());
    }

    /** Several models under one name are all meant by it. */
    private void listName(ModelConfig model) {
        Glob name = new Glob(model.name());
        boolean hasId = new Glob(model.id()).isLiteral();
        if (name.isLiteral()) {
            listed.computeIfAbsent(model.name(), absent -> new ArrayList<>()).add(hasId ? model.id() : model.name());
            shown.add(model.name());
        } else {
            patterns.add(new Pattern(name, hasId ? Optional.of(model.id()) : Optional.empty()));
        }
    }

    /** What the operator says about the provider's own ids comes before any list. */
    private void map(String name, String id) {
        listed.put(name, List.of(id));
        shown.add(name);
    }

    /** The id behind an alias works as well, unless it is a name of something else. */
    private void listId(ModelConfig model) {
        Glob id = new Glob(model.id());
        if (model.alias().isPresent() && !id.isLiteral()) {
            patterns.add(new Pattern(id, Optional.empty()));
        } else if (listed.putIfAbsent(model.id(), List.of(model.id())) == null) {
            model.alias().filter(alias -> !new Glob(alias).isLiteral()).ifPresent(alias -> shown.add(model.id()));
        }
    }

    private List<String> without(List<String> ids) {
        return ids.stream().filter(id -> !excludes(id)).distinct().toList();
    }

    /** Begins with nothing when there is none. */
    String prefix() {
        return prefix;
    }

    boolean takesAny() {
        return takesAny;
    }

    boolean hasPatterns() {
        return !patterns.isEmpty();
    }

    /** Every name that stands for itself. */
    Set<String> names() {
        return listed.keySet();
    }

    /** Those of them that clients are told of: an alias instead of the id behind it. */
    Set<String> shown() {
        return shown;
    }

    List<String> byName(String name) {
        return listed.getOrDefault(name, List.of());
    }

    List<String> byPattern(String name) {
        if (name.isEmpty() || excludes(name)) {
            return List.of();
        }
        for (Pattern pattern : patterns) {
            String id = pattern.id().orElse(name);
            if (pattern.glob().matches(name) && !excludes(id)) {
                return List.of(id);
            }
        }
        return List.of();
    }

    List<String> any(String name) {
        return takesAny && !name.isEmpty() && !excludes(name) ? List.of(name) : List.of();
    }

    private boolean excludes(String name) {
        return excluded.stream().anyMatch(glob -> glob.matches(name));
    }
}
