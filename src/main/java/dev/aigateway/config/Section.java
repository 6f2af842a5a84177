package dev.aigateway.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cursor on one group of keys, seen through all sources at once. Reading a key is what makes it known:
 * {@link #reportUnknown} reports the others. A value that does not fit is a finding and counts as not set, so that reading
 * goes on. {@link DescribingSection} notes what is read instead. Used by one thread.
 */
class Section {
    private final String path;
    private final List<Node> given;
    private final List<Node> layers;
    private final Findings findings;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Section> children = new ArrayList<>();
    /** Those whose keys must be known here; what lies below belongs to somebody else. */
    private final List<Node> own;

    /** @param given highest rank first */
    Section(String path, List<Node> given, Findings findings) {
        this.path = path;
        this.given = List.copyOf(given);
        this.layers = new Layers(path, given, findings).group();
        this.own = layers;
        this.findings = findings;
    }

    private Section(String path, Node top, Section below) {
        this.path = path;
        this.findings = below.findings.overlaid(path, below.path);
        this.own = new Layers(path, List.of(top), findings).group();
        this.given = Stream.concat(Stream.of(top), below.given.stream()).toList();
        this.layers = Stream.concat(own.stream(), below.layers.stream()).toList();
    }

    /** A value and its place, for what shows only when values are compared. */
    record Found<T>(T value, String where) {}

    /** What the text of a value must look like. What it throws also says so to editors, see {@link ValueForm}. */
    @FunctionalInterface
    interface Type<T> {
        T parse(String text) throws BadValueException;
    }

    /** A group that stands in a list, and its name if the list gives it one. */
    record Member(Optional<String> name, Section section) {}

    <T> Optional<T> value(String key, Type<T> type) {
        return found(key, type).map(Found::value);
    }

    <T> Optional<Found<T>> found(String key, Type<T> type) {
        return at(key).whole().flatMap(node -> parse(node, pathOf(key), type));
    }

    /** One entry of a list of values. */
    <T> Optional<Found<T>> parse(Node node, String nodePath, Type<T> type) {
        switch (node) {
            case Node.Text text -> {
                return parseText(text, nodePath, type);
            }
            case Node.Variables variables -> {
                return variables.environment().text(variables.prefix()).flatMap(text -> parse(text, nodePath, type));
            }
            case Node.Unset unset -> findings.problemOfThisMachine(unset.where(), nodePath, needs(unset.variable()));
            case Node.Nothing nothing -> findings.problem(nothing.where(), nodePath, "must not be empty");
            case Node.Items items -> findings.problem(items.where(), nodePath, "must be one value, not a list");
            case Node.Keys keys -> findings.problem(keys.where(), nodePath, "must be one value, not a group of keys");
        }
        return Optional.empty();
    }

    private <T> Optional<Found<T>> parseText(Node.Text text, String textPath, Type<T> type) {
        try {
            T value = type.parse(text.text().trim());
            findings.read(textPath, value, text.text().trim());
            return Optional.of(new Found<>(value, text.where()));
        } catch (BadValueException e) {
            String message = String.valueOf(e.getMessage());
            if (e.isOfThisMachine()) {
                findings.problemOfThisMachine(text.where(), textPath, message);
            } else {
                findings.problem(text.where(), textPath, message);
            }
            return Optional.empty();
        }
    }

    static String needs(String variable) {
        return "needs the variable %s, which is not set; set it or give a default: ${%s:default}"
                .formatted(variable, variable);
    }

    /** Whether any source says something about the key, be it right or wrong. */
    boolean has(String key) {
        return !at(key).nodes().isEmpty();
    }

    /** What stands at a key that should be a group of anything; neither that nor its inside is checked here. */
    Optional<Node> node(String key) {
        return at(key).whole().map(Layers::opened);
    }

    /** The entries of a list of values; their paths are {@code key[0]} and so on. */
    List<Node> list(String key) {
        return at(key).list();
    }

    /** A list of values, without those that are no good. */
    <T> List<T> values(String key, Type<T> type) {
        List<T> values = new ArrayList<>();
        List<Node> entries = list(key);
        for (int i = 0; i < entries.size(); i++) {
            parse(entries.get(i), pathOf(key + "[" + i + "]"), type).ifPresent(found -> values.add(found.value()));
        }
        return values;
    }

    List<String> texts(String key) {
        return values(key, Values::text);
    }

    /** Whether an entry of a list is a group rather than a value. */
    static boolean isGroup(Node node) {
        return node instanceof Node.Keys
                || (node instanceof Node.Variables variables
                        && variables.environment().hasAnyBelow(variables.prefix()));
    }

    /** The group below a key, without any key when no source has it. */
    Section group(String key) {
        return child(pathOf(key), at(key).nodes());
    }

    Section child(String childPath, List<Node> nodes) {
        Section child = new Section(childPath, nodes, findings);
        children.add(child);
        return child;
    }

    /** A group whose keys are looked for here when it does not have them. */
    Section overlaid(String childPath, Node top) {
        Section child = new Section(childPath, top, this);
        children.add(child);
        return child;
    }

    /** The same as {@link #value} without what lies below an overlay. */
    <T> Optional<T> ownValue(String key, Type<T> type) {
        return ownFound(key, type).map(Found::value);
    }

    <T> Optional<Found<T>> ownFound(String key, Type<T> type) {
        return at(key, own).whole().flatMap(node -> parse(node, pathOf(key), type));
    }

    /** What a file holds that is named in the place of a key; it counts as if it stood at the key. */
    KeyFile keyFile(Path file, String key) {
        findings.keyFile(file);
        KeyFile read = KeyFile.read(file, Instant.now());
        if (read instanceof KeyFile.Usable usable) {
            findings.read(pathOf(key), usable.secret(), "");
        }
        return read;
    }

    /** The groups of a list, or of a group whose keys are names. */
    List<Member> members(String key) {
        return at(key).members().stream()
                .map(member -> new Member(member.name(), child(member.path(), member.nodes())))
                .toList();
    }

    /** The keys of a group that may hold any. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Node layer : layers) {
            if (layer instanceof Node.Keys keys) {
                names.addAll(keys.keys().keySet());
            }
        }
        return names;
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** About the group as a whole. */
    void problem(String message) {
        findings.problem(where(), path, message);
    }

    /** The same for what may be there on another machine. */
    void problemOfThisMachine(String message) {
        findings.problemOfThisMachine(where(), path, message);
    }

    void problem(Found<?> found, String key, String message) {
        findings.problem(found.where(), pathOf(key), message);
    }

    void problem(Node node, String key, String message) {
        findings.problem(node.where(), pathOf(key), message);
    }

    void warning(String where, String key, String message) {
        findings.warning(where, pathOf(key), message);
    }

    /** Where the group begins; the file's line says more than the name of a variable. */
    String where() {
        return given.isEmpty() ? "configuration" : given.getLast().where();
    }

    /** Whether some source has something else than a group here, which has been reported. */
    boolean isBroken() {
        return given.stream().filter(node -> !(node instanceof Node.Nothing)).count() > layers.size();
    }

    /** To be called when everything has been read. */
    void reportUnknown() {
        for (Node layer : own) {
            if (layer instanceof Node.Keys keys) {
                keys.keys().forEach(this::reportUnlessAsked);
            }
        }
        children.forEach(Section::reportUnknown);
    }

    private void reportUnlessAsked(String key, Node node) {
        if (!asked.contains(key)) {
            findings.problem(node.where(), pathOf(key), "is not a known key" + Suggestion.of(key, asked));
        }
    }

    private Layers at(String key) {
        return at(key, layers);
    }

    private Layers at(String key, List<Node> among) {
        asked.add(key);
        List<Node> nodes = new ArrayList<>();
        for (Node layer : among) {
            switch (layer) {
                case Node.Keys keys -> {
                    Node node = keys.keys().get(key);
                    if (node != null && !(node instanceof Node.Nothing)) {
                        nodes.add(node);
                    }
                }
                case Node.Variables variables -> addVariables(variables.child(key), nodes);
                default -> {}
            }
        }
        return new Layers(pathOf(key), nodes, findings);
    }

    private static void addVariables(Node.Variables child, List<Node> nodes) {
        child.environment().text(child.prefix()).ifPresent(nodes::add);
        if (child.environment().hasAnyBelow(child.prefix())) {
            nodes.add(child);
        }
    }
}
