package dev.aigateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group of keys that holds nothing and notes what it is asked for. The bindings read it like any other; what they ask
 * for is the schema. Every list has one value and one group, every group of names one name. Used by one thread.
 */
final class DescribingSection extends Section {
    private static final String WHERE = "schema";
    private static final Node VALUE = new Node.Text("", false, WHERE);
    private static final Node GROUP = new Node.Keys(new LinkedHashMap<>(), WHERE);

    private final KeyTree tree;
    private final boolean present;

    /** @param present whether all keys are said to be there, since bindings may look away where they are not */
    DescribingSection(KeyTree root, boolean present) {
        this("", root, present);
    }

    private DescribingSection(String path, KeyTree root, boolean present) {
        super(path, List.of(), new Findings());
        this.tree = root;
        this.present = present;
        root.at(path).asGroup();
    }

    @Override
    <T> Optional<Found<T>> found(String key, Type<T> type) {
        return parse(VALUE, pathOf(key), type);
    }

    @Override
    <T> Optional<Found<T>> ownFound(String key, Type<T> type) {
        return found(key, type);
    }

    @Override
    <T> Optional<Found<T>> parse(Node node, String nodePath, Type<T> type) {
        if (!isGroup(node)) {
            tree.at(nodePath).addValue(ValueForm.of(type));
        }
        return Optional.empty();
    }

    @Override
    boolean has(String key) {
        return present;
    }

    @Override
    Optional<Node> node(String key) {
        tree.at(pathOf(key)).asFreeGroup();
        return Optional.empty();
    }

    @Override
    List<Node> list(String key) {
        return List.of(VALUE, GROUP);
    }

    @Override
    Section child(String childPath, List<Node> nodes) {
        return new DescribingSection(childPath, tree, present);
    }

    @Override
    Section overlaid(String childPath, Node top) {
        return child(childPath, List.of(top));
    }

    @Override
    List<Member> members(String key) {
        String path = pathOf(key);
        tree.at(path).asGroup();
        return List.of(
                new Member(Optional.empty(), child(path + "[0]", List.of())),
                new Member(Optional.of(KeyTree.ANY_NAME), child(path + "." + KeyTree.ANY_NAME, List.of())));
    }

    @Override
    Set<String> names() {
        return Set.of(KeyTree.ANY_NAME);
    }

    @Override
    boolean isBroken() {
        return false;
    }
}
