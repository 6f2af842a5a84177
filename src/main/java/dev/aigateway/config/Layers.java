package dev.aigateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the sources say about one key, highest rank first, and how that is merged. One value and a list of values come
 * whole from the highest source that has them; groups are merged key by key, lists of groups entry by entry.
 */
record Layers(String path, List<Node> nodes, Findings findings) {
    /** One of a list of groups; it has a name when the list was written as a group whose keys are names. */
    record Member(String path, Optional<String> name, List<Node> nodes) {}

    /** What the highest source says, whatever its shape. */
    Optional<Node> whole() {
        return nodes.stream().filter(node -> !(node instanceof Node.Variables)).findFirst();
    }

    /** One group, as {@link Node.Keys} and {@link Node.Variables}. */
    List<Node> group() {
        List<Node> groups = new ArrayList<>();
        for (Node node : nodes) {
            switch (opened(node)) {
                case Node.Keys keys -> groups.add(keys);
                case Node.Variables variables -> groups.add(variables);
                case Node.Nothing ignored -> {}
                default -> findings.problem(node.where(), path, "must be a group of keys");
            }
        }
        return groups;
    }

    /** The entries of a list of values. */
    List<Node> list() {
        for (Node node : nodes) {
            List<Node> entries = node instanceof Node.Variables variables
                    ? List.copyOf(
                            variables.environment().items(variables.prefix()).values())
                    : entries(node);
            if (!entries.isEmpty() || !(node instanceof Node.Variables)) {
                passOverBelow(node);
                return entries;
            }
        }
        return List.of();
    }

    private List<Node> entries(Node node) {
        return switch (opened(node)) {
            case Node.Items items -> items.items();
            case Node.Unset unset -> List.of(unset);
            default -> {
                findings.problem(node.where(), path, "must be a list, such as [a, b]");
                yield List.of();
            }
        };
    }

    /** The entries of a list of groups, or of a group whose keys are names. */
    List<Member> members() {
        SortedMap<Integer, Member> members = new TreeMap<>();
        Optional<Node> whole = whole();
        whole.ifPresent(node -> {
            passOverBelow(node);
            written(node).forEach(member -> members.put(members.size(), member));
        });
        List<Node> above =
                whole.map(node -> nodes.subList(0, nodes.indexOf(node))).orElse(nodes);
        for (Node node : above.reversed()) {
            if (node instanceof Node.Variables variables) {
                lay(variables, members);
            }
        }
        return List.copyOf(members.values());
    }

    private List<Member> written(Node node) {
        List<Member> members = new ArrayList<>();
        switch (opened(node)) {
            case Node.Items items -> {
                for (Node item : items.items()) {
                    members.add(new Member(path + "[" + members.size() + "]", Optional.empty(), list(item)));
                }
            }
            case Node.Keys keys ->
                keys.keys()
                        .forEach((name, group) ->
                                members.add(new Member(path + "." + name, Optional.of(name), list(group))));
            default -> findings.problem(node.where(), path, "must be a list of groups, or a group of named groups");
        }
        return members;
    }

    private static List<Node> list(Node node) {
        return new ArrayList<>(List.of(node));
    }

    /** Variables address an entry by its index or, if it has one, by its name. */
    private void lay(Node.Variables variables, SortedMap<Integer, Member> members) {
        variables
                .environment()
                .items(variables.prefix())
                .forEach((index, item) -> members.computeIfAbsent(
                                index,
                                absent -> new Member(path + "[" + absent + "]", Optional.empty(), new ArrayList<>()))
                        .nodes()
                        .addFirst(item));
        for (Member member : members.values()) {
            member.name().map(variables::child).ifPresent(member.nodes()::addFirst);
        }
    }

    /** A text that may be more than a text, as what it is. */
    static Node opened(Node node) {
        return node instanceof Node.Text text && text.flow()
                ? FlowText.parse(text).orElse(node)
                : node;
    }

    /** Nobody will ask for what a higher source has said as a whole. */
    private void passOverBelow(Node node) {
        nodes.subList(nodes.indexOf(node) + 1, nodes.size()).stream()
                .filter(Node.Variables.class::isInstance)
                .map(Node.Variables.class::cast)
                .forEach(variables -> variables.environment().passOver(variables.prefix()));
    }
}
