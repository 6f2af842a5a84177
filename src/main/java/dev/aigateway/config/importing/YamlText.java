package dev.aigateway.config.importing;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML with the line of each value, and with merge keys, which other gateways know. Messages never quote the text. */
final class YamlText {
    private static final int DEEPEST = 30;

    private YamlText() {}

    static Foreign parse(String text) throws SyntaxException {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            return root == null ? new Foreign.Nothing("") : foreign(root, 0);
        } catch (MarkedYAMLException e) {
            throw broken(e.getProblemMark(), ": " + reason(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            throw broken(null, "");
        }
    }

    private static Foreign foreign(Node node, int depth) throws SyntaxException {
        if (depth > DEEPEST) {
            throw broken(node.getStartMark(), ": it is nested too deeply");
        }
        String place = Integer.toString(node.getStartMark().getLine() + 1);
        return switch (node) {
            case MappingNode mapping -> new Foreign.Group(keys(mapping, depth), place);
            case SequenceNode sequence -> new Foreign.Items(items(sequence, depth), place);
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> new Foreign.Nothing(place);
            case ScalarNode scalar ->
                new Foreign.Scalar(scalar.getValue(), scalar.getTag().equals(Tag.STR), place);
            default -> new Foreign.Nothing(place);
        };
    }

    private static List<Foreign> items(SequenceNode sequence, int depth) throws SyntaxException {
        List<Foreign> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(foreign(item, depth + 1));
        }
        return items;
    }

    private static Map<String, Foreign> keys(MappingNode mapping, int depth) throws SyntaxException {
        Map<String, Foreign> keys = new LinkedHashMap<>();
        Map<String, Foreign> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Foreign value = foreign(tuple.getValueNode(), depth + 1);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw broken(tuple.getKeyNode().getStartMark(), ": a key is not a plain word");
            } else if (key.getTag().equals(Tag.MERGE)) {
                merge(value, merged);
            } else if (keys.put(key.getValue(), value) != null) {
                throw broken(key.getStartMark(), ": a key is there twice");
            }
        }
        merged.forEach(keys::putIfAbsent);
        return keys;
    }

    private static void merge(Foreign value, Map<String, Foreign> into) {
        switch (value) {
            case Foreign.Group group -> group.keys().forEach(into::putIfAbsent);
            case Foreign.Items items -> items.items().forEach(item -> merge(item, into));
            case Foreign.Scalar ignored -> {}
            case Foreign.Nothing ignored -> {}
        }
    }

    private static String reason(String problem) {
        return problem.replaceFirst("undefined alias.*", "undefined alias").replaceAll("\\s+", " ");
    }

    private static SyntaxException broken(@Nullable Mark mark, String reason) {
        String place = mark == null ? "" : (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
        return new SyntaxException("YAML", place, reason);
    }
}
