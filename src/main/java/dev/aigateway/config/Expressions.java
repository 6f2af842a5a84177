package dev.aigateway.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables in the place of {@code ${NAME}} and {@code ${NAME:default}} in the file's values. An empty variable
 * counts as not set. What a variable holds is not looked at again.
 */
final class Expressions {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");

    private final List<Map<String, String>> sources;

    /** @param sources highest rank first */
    Expressions(List<Map<String, String>> sources) {
        this.sources = List.copyOf(sources);
    }

    /** A text with expressions may be a list or a group, as the variable itself may. */
    Node expand(String text, String where) {
        Matcher matcher = EXPRESSION.matcher(text);
        StringBuilder expanded = new StringBuilder();
        boolean found = false;
        while (matcher.find()) {
            String name = matcher.group(1).trim();
            Optional<String> value = lookup(name).or(() -> Optional.ofNullable(matcher.group(2)));
            if (value.isEmpty()) {
                return new Node.Unset(name, where);
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value.get()));
            found = true;
        }
        matcher.appendTail(expanded);
        return new Node.Text(expanded.toString(), found, where);
    }

    private Optional<String> lookup(String name) {
        return sources.stream()
                .flatMap(source -> Optional.ofNullable(source.get(name)).stream())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
