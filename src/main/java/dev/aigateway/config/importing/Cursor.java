package dev.aigateway.config.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A cursor on one group of another gateway's keys. Reading a key is what makes it known: {@link #rest} tells of the others.
 * A value that does not fit is a problem and counts as not set, so that reading goes on. Used by one thread.
 */
final class Cursor {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,15}");

    private final String path;
    private final Foreign.Group group;
    private final Report report;
    private final Set<String> taken = new HashSet<>();

    Cursor(String path, Foreign.Group group, Report report) {
        this.path = path;
        this.group = group;
        this.report = report;
    }

    boolean has(String key) {
        return node(key).isPresent();
    }

    /** Marks the key as known. */
    Optional<Foreign> node(String key) {
        taken.add(key);
        return Optional.ofNullable(group.keys().get(key)).filter(node -> !(node instanceof Foreign.Nothing));
    }

    Optional<String> text(String key) {
        return node(key).flatMap(node -> scalar(node, pathOf(key)));
    }

    private Optional<String> scalar(Foreign node, String nodePath) {
        if (node instanceof Foreign.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        report.problem(node.place(), nodePath, "must be one value");
        return Optional.empty();
    }

    Optional<Long> integer(String key, long least, long most) {
        Optional<String> text = text(key).map(String::trim);
        Optional<Long> number =
                text.filter(given -> INTEGER.matcher(given).matches()).map(Long::valueOf);
        if (text.isPresent() && number.filter(n -> n >= least && n <= most).isEmpty()) {
            problem(key, "must be a whole number from " + least + " to " + most);
            return Optional.empty();
        }
        return number;
    }

    Optional<Boolean> bool(String key) {
        Optional<String> text = text(key).map(String::trim);
        if (text.isPresent() && !Set.of("true", "false").contains(text.get())) {
            problem(key, "must be true or false");
            return Optional.empty();
        }
        return text.map(Boolean::valueOf);
    }

    /** One of some words; empty when the key is not set. */
    Optional<String> word(String key, List<String> words) {
        Optional<String> word = text(key);
        if (word.isPresent() && !words.contains(word.get())) {
            problem(key, "must be one of " + String.join(", ", words));
            return Optional.empty();
        }
        return word;
    }

    /** A list of values; one value is a list of one. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        node(key).ifPresent(node -> {
            List<Foreign> entries = node instanceof Foreign.Items items ? items.items() : List.of(node);
            entries.forEach(entry -> scalar(entry, pathOf(key)).ifPresent(texts::add));
        });
        return texts;
    }

    /** A group of name → value. */
    Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        Cursor child = group(key);
        child.group.keys().keySet().forEach(name -> child.text(name).ifPresent(value -> map.put(name, value)));
        return map;
    }

    /** Without any key when there is no such group. */
    Cursor group(String key) {
        String childPath = pathOf(key);
        return node(key)
                .flatMap(node -> child(node, childPath))
                .orElseGet(() -> new Cursor(childPath, new Foreign.Group(Map.of(), group.place()), report));
    }

    /** The groups of a list. */
    List<Cursor> groups(String key) {
        return switch (node(key).orElse(null)) {
            case Foreign.Items items -> {
                List<Cursor> groups = new ArrayList<>();
                for (int i = 0; i < items.items().size(); i++) {
                    child(items.items().get(i), pathOf(key) + "[" + i + "]").ifPresent(groups::add);
                }
                yield groups;
            }
            case null -> List.of();
            default -> {
                problem(key, "must be a list of groups");
                yield List.of();
            }
        };
    }

    private Optional<Cursor> child(Foreign node, String nodePath) {
        if (node instanceof Foreign.Group keys) {
            return Optional.of(new Cursor(nodePath, keys, report));
        }
        report.problem(node.place(), nodePath, "must be a group of keys");
        return Optional.empty();
    }

    Set<String> names() {
        return group.keys().keySet();
    }

    String path() {
        return path;
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    void problem(String key, String message) {
        report.problem(placeOf(key), pathOf(key), message);
    }

    /** About the group as a whole. */
    void problem(String message) {
        report.problem(group.place(), path, message);
    }

    void warning(String key, String message) {
        report.warning(placeOf(key), pathOf(key), message);
    }

    /** About the group as a whole. */
    void warning(String message) {
        report.warning(group.place(), path, message);
    }

    private String placeOf(String key) {
        Foreign node = group.keys().get(key);
        return node == null ? group.place() : node.place();
    }

    /** A comment on a key that is there: what it said, and what has become of it. */
    void was(Block block, String key, String fate) {
        node(key)
                .ifPresent(node -> block.note(
                        "was: " + Scalars.writePath(pathOf(key)) + ": " + Scalars.write(node) + " (" + fate + ")"));
    }

    /** The same for what somebody may miss. */
    void lost(Block block, String key, String fate) {
        if (has(key)) {
            was(block, key, fate);
            warning(key, "is left out: " + fate);
        }
    }

    /** Tells of all keys that nobody read. */
    void rest(Block block) {
        for (String key : group.keys().keySet()) {
            if (!taken.contains(key)) {
                lost(block, key, "not a known key");
                if (!has(key)) {
                    block.note("was: " + Scalars.writePath(pathOf(key)) + ": (not a known key)");
                    warning(key, "is left out: not a known key");
                }
            }
        }
    }
}
