package dev.aigateway.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A key of the schema and the way to it, with {@code []} for an entry of a list and {@code *} for a name.
 *
 * @param tree what may stand there
 */
record KeyPlace(List<String> steps, KeyTree tree) {
    static Stream<KeyPlace> all() {
        return below(List.of(), ConfigSchema.read());
    }

    private static Stream<KeyPlace> below(List<String> steps, KeyTree tree) {
        return Stream.of(
                        tree.keys().entrySet().stream().flatMap(key -> with(steps, key.getKey(), key.getValue(), true)),
                        tree.entry().stream().flatMap(entry -> with(steps, "[]", entry, false)),
                        tree.anyName().stream().flatMap(any -> with(steps, "*", any, false)))
                .flatMap(all -> all);
    }

    private static Stream<KeyPlace> with(List<String> steps, String step, KeyTree tree, boolean isKey) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        Stream<KeyPlace> below = below(longer, tree);
        return isKey ? Stream.concat(Stream.of(new KeyPlace(List.copyOf(longer), tree)), below) : below;
    }

    String name() {
        return steps.getLast();
    }

    /** The place as messages write it. */
    String path() {
        return String.join(".", steps).replace(".[]", "[0]").replace("*", "any");
    }

    /** The way from the entry of a list, or from the free name, that it stands in. */
    String ownPath() {
        int entry = Math.max(steps.lastIndexOf("[]"), steps.lastIndexOf("*"));
        return String.join(".", steps.subList(entry + 1, steps.size()));
    }

    /** Whether it is a value, a list or a group of free names rather than a group of keys. */
    boolean isSetting() {
        return tree.keys().isEmpty();
    }

    /** A file that has this key alone, with a value that fits. */
    String yaml() {
        return yaml(name());
    }

    /** The same with another name for it. */
    String yaml(String name) {
        String value = value(tree);
        for (String step : steps.reversed()) {
            value = switch (step) {
                case "[]" -> "[ " + value + " ]";
                case "*" -> "{ any: " + value + " }";
                default -> "{ " + step + ": " + value + " }";
            };
        }
        return "ai-proxy: " + replaceLast(value, name() + ":", name + ":");
    }

    private static String replaceLast(String text, String what, String by) {
        int at = text.lastIndexOf(what);
        return text.substring(0, at) + by + text.substring(at + what.length());
    }

    private static String value(KeyTree tree) {
        if (tree.isGroup() || tree.isFreeGroup()) {
            return "{}";
        }
        return tree.forms().isEmpty() || tree.entry().isPresent()
                ? "[]"
                : value(tree.forms().iterator().next());
    }

    private static String value(ValueForm form) {
        return switch (form) {
            case ValueForm.Bool ignored -> "true";
            case ValueForm.Word word -> word.words().getFirst();
            case ValueForm.Whole whole -> Integer.toString(whole.least());
            case ValueForm.Decimal decimal ->
                decimal.least().add(BigDecimal.ONE).toString();
            case ValueForm.Text text ->
                text.examples().isEmpty() ? "some" : text.examples().getFirst();
        };
    }
}
