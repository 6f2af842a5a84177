package dev.aigateway.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One YAML text as a tree of {@link Node}s that know their lines. Types are not decided here: every scalar stays the text
 * that was written, because only the reader of a key knows what it should be. Messages never quote the text.
 */
final class YamlFile {
    private static final int DEEPEST = 30;

    private final IntFunction<String> places;
    private final BiFunction<String, String, Node> scalars;
    private final Findings findings;

    private YamlFile(IntFunction<String> places, BiFunction<String, String, Node> scalars, Findings findings) {
        this.places = places;
        this.scalars = scalars;
        this.findings = findings;
    }

    /** The whole text of a file; empty when it is not YAML, which then is among the findings. */
    static Optional<Node> parse(String text, String label, Expressions expressions, Findings findings) {
        return parse(text, label, new YamlFile(line -> label + ":" + line, expressions::expand, findings));
    }

    /** The value of a variable, all of it at one place, taken as it is. */
    static Optional<Node> parseVariable(String text, String where) {
        return parse(
                text,
                where,
                new YamlFile(line -> where, (scalar, place) -> new Node.Text(scalar, false, place), new Findings()));
    }

    private static Optional<Node> parse(String text, String label, YamlFile file) {
        try {
            org.yaml.snakeyaml.nodes.Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            return Optional.of(root == null ? new Node.Nothing(label) : file.node(root, file.where(root), 0));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            file.findings.problem(
                    mark == null ? label : label + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1),
                    "",
                    "is not valid YAML: " + withoutNames(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            file.findings.problem(label, "", "is not valid YAML");
        }
        return Optional.empty();
    }

    private static String withoutNames(String problem) {
        return problem.replaceFirst("undefined alias.*", "undefined alias").replaceAll("\\s+", " ");
    }

    /** @param where of the key, when this is the value of one */
    private Node node(org.yaml.snakeyaml.nodes.Node node, String where, int depth) {
        if (depth > DEEPEST) {
            findings.problem(where, "", "is nested too deeply");
            return new Node.Nothing(where);
        }
        return switch (node) {
            case MappingNode mapping -> new Node.Keys(keys(mapping, depth), where);
            case SequenceNode sequence -> new Node.Items(items(sequence, depth), where);
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> new Node.Nothing(where);
            case ScalarNode scalar -> scalar(scalar, where);
            default -> new Node.Nothing(where);
        };
    }

    private Node scalar(ScalarNode scalar, String where) {
        Node node = scalars.apply(scalar.getValue(), where);
        return node instanceof Node.Text text && !scalar.isPlain() ? text.asQuoted() : node;
    }

    private List<Node> items(SequenceNode sequence, int depth) {
        List<Node> items = new ArrayList<>();
        for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
            items.add(node(item, where(item), depth + 1));
        }
        return items;
    }

    private SequencedMap<String, Node> keys(MappingNode mapping, int depth) {
        SequencedMap<String, Node> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String where = where(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                findings.problem(where, "", "has a key that is not a plain word");
            } else if (keys.containsKey(key.getValue())) {
                findings.problem(where, key.getValue(), "is there twice");
            } else {
                keys.put(key.getValue(), node(tuple.getValueNode(), where, depth + 1));
            }
        }
        return keys;
    }

    private String where(org.yaml.snakeyaml.nodes.Node node) {
        return places.apply(node.getStartMark().getLine() + 1);
    }
}
