package dev.aigateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand at one place of the configuration, and below it, in the order in which it is read. Used by one thread. */
final class KeyTree {
    /** The one key of a group that may hold any names. */
    static final String ANY_NAME = "*";

    private static final String ENTRY = "[]";
    private static final Pattern STEP = Pattern.compile("\\.|(?=\\[)");

    private final List<String> path;
    private final SequencedMap<String, KeyTree> below = new LinkedHashMap<>();
    private final Set<ValueForm> forms = new LinkedHashSet<>();
    private boolean group;
    private boolean free;

    private KeyTree(List<String> path) {
        this.path = List.copyOf(path);
    }

    static KeyTree root() {
        return new KeyTree(List.of());
    }

    /** @param place as messages write it: {@code providers[0].name} */
    KeyTree at(String place) {
        KeyTree tree = this;
        for (String step : STEP.split(place)) {
            tree = step.isEmpty() ? tree : tree.step(step.startsWith("[") ? ENTRY : step);
        }
        return tree;
    }

    private KeyTree step(String step) {
        return below.computeIfAbsent(step, absent -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(absent);
            return new KeyTree(longer);
        });
    }

    void addValue(ValueForm form) {
        forms.add(form);
    }

    KeyTree asGroup() {
        group = true;
        return this;
    }

    /** A group that holds whatever YAML has. */
    void asFreeGroup() {
        free = true;
    }

    /** The keys on the way here, without the entries of lists and free names. */
    List<String> names() {
        return path.stream()
                .filter(step -> !step.equals(ENTRY) && !step.equals(ANY_NAME))
                .toList();
    }

    Set<ValueForm> forms() {
        return forms;
    }

    boolean isGroup() {
        return group;
    }

    boolean isFreeGroup() {
        return free;
    }

    /** What the list holds that may stand here. */
    Optional<KeyTree> entry() {
        return Optional.ofNullable(below.get(ENTRY));
    }

    /** What stands below any name. */
    Optional<KeyTree> anyName() {
        return Optional.ofNullable(below.get(ANY_NAME));
    }

    SequencedMap<String, KeyTree> keys() {
        SequencedMap<String, KeyTree> keys = new LinkedHashMap<>(below);
        keys.remove(ENTRY);
        keys.remove(ANY_NAME);
        return keys;
    }
}
