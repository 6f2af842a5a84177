package dev.aigateway.config.importing;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes values as YAML in one line, so that every reader of YAML sees them as they were meant. */
final class Scalars {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/][A-Za-z0-9_/.@+-]*");
    private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9_/.@+:-]*[A-Za-z0-9_/]");
    private static final Pattern NUMBER_OR_TRUTH = Pattern.compile("[-+.A-Za-z0-9_]+");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.\\[\\]-]+");
    private static final Resolver RESOLVER = new Resolver();

    private Scalars() {}

    /** A text, in quotes where it would be taken for something else without. */
    static String write(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && RESOLVER.resolve(NodeId.scalar, text, true).equals(Tag.STR);
        return plain ? text : quoted(text);
    }

    /** The path of a key, for a comment. */
    static String writePath(String path) {
        return PATH.matcher(path).matches() ? path : quoted(path);
    }

    /** A text where no list is around it. */
    static String writeUrl(String text) {
        return URL.matcher(text).matches() ? text : write(text);
    }

    static String write(Foreign node) {
        return switch (node) {
            case Foreign.Scalar scalar when scalar.isText() -> write(scalar.text());
            case Foreign.Scalar scalar ->
                NUMBER_OR_TRUTH.matcher(scalar.text()).matches() ? scalar.text() : quoted(scalar.text());
            case Foreign.Items items ->
                items.items().stream().map(Scalars::write).collect(Collectors.joining(", ", "[", "]"));
            case Foreign.Group group ->
                group.keys().entrySet().stream()
                        .map(entry -> write(entry.getKey()) + ": " + write(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Foreign.Nothing ignored -> "null";
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.isISOControl(c) || isLineBreak(c)) {
                        quoted.append("\\u%04X".formatted(c));
                    } else {
                        quoted.append((char) c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** What YAML, or an editor, takes for the end of a line or for nothing. */
    private static boolean isLineBreak(int c) {
        return c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    }
}
