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
 * What a provider, or one of its keys, serves: the ids that it has under a name. Unless it says otherwise, a method takes the
 * name with the prefix or without. What is excluded is in none of the answers. Immutable; the names that stand for
 * themselves are found by hash.
 */
final class Menu {
    /** @param id empty when the asked name is the id */
    private record Pattern(Glob glob, Optional<String> id) {}

    private final Map<String, List<String>> listed = new LinkedHashMap<>();
    private final Set<String> shown = new LinkedHashSet<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<Glob> excluded;
    private final boolean takesAny;
    private final String prefix;
    private final boolean plain;

    /** @param forcePrefix whether nothing is found here without the prefix, if there is one */
    Menu(ModelsConfig models, boolean forcePrefix) {
        excluded = models.excluded();
        takesAny = models.listed().isEmpty();
        prefix = models.prefix().orElse("");
        plain = !forcePrefix || prefix.isEmpty();
        models.listed().forEach(this::listName);
        models.mapping().forEach(this::map);
        models.listed().forEach(this::listId);
        listed.keySet().removeIf(this::excludes);
        listed.replaceAll((name, all) -> without(all));
        listed.values().removeIf(List::isEmpty);
        shown.retainAll(listed.keySet());
        listed.values().forEach(ids::addAll);
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
            shown.add(model.id());
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
        } else if (id.isLiteral()) {
            listed.putIfAbsent(model.id(), List.of(model.id()));
        }
    }

    private List<String> without(List<String> ids) {
        return ids.stream().filter(id -> !excludes(id)).distinct().toList();
    }

    /** The ids that the upstream may be asked for, as far as they are known. */
    Set<String> ids() {
        return ids;
    }

    /** Whether it may be asked for others, too. */
    boolean isOpen() {
        return takesAny || !patterns.isEmpty();
    }

    /** Empty when there is none. */
    String prefix() {
        return prefix;
    }

    /** Whether patterns, if there are any, say something about names without the prefix. */
    boolean hasPlainPatterns() {
        return plain && !patterns.isEmpty();
    }

    boolean takesAnyPlain() {
        return plain && takesAny;
    }

    /** All names that stand for themselves, in every form that clients may use, the one with the prefix first. */
    Set<String> names() {
        return full(listed.keySet());
    }

    /** Those of them that clients are told of: an alias instead of the id behind it. */
    Set<String> shown() {
        return full(shown);
    }

    private Set<String> full(Set<String> names) {
        Set<String> full = new LinkedHashSet<>();
        for (String name : names) {
            full.add(prefix + name);
            if (plain) {
                full.add(name);
            }
        }
        return full;
    }

    /** Under one of {@link #names}. */
    List<String> byFullName(String name) {
        return plain || name.startsWith(prefix) ? byName(name) : List.of();
    }

    /** Whether the prefix is forced or not: the client has said whom it means. */
    List<String> byName(String name) {
        return listed.getOrDefault(bare(name), List.of());
    }

    List<String> byPattern(String name) {
        String bare = bare(name);
        if (patterns.isEmpty() || bare.isEmpty() || excludes(bare)) {
            return List.of();
        }
        for (Pattern pattern : patterns) {
            String id = pattern.id().orElse(bare);
            if (pattern.glob().matches(bare) && !excludes(id)) {
                return List.of(id);
            }
        }
        return List.of();
    }

    List<String> any(String name) {
        String bare = bare(name);
        return takesAny && !bare.isEmpty() && !excludes(bare) ? List.of(bare) : List.of();
    }

    /** A listed name that happens to begin like the prefix means itself. */
    private String bare(String name) {
        boolean prefixed = !prefix.isEmpty() && name.startsWith(prefix) && !listed.containsKey(name);
        return prefixed ? name.substring(prefix.length()) : name;
    }

    private boolean excludes(String name) {
        for (Glob glob : excluded) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }
}
