package dev.aigateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A list or a group that is written in one line, as a variable must: {@code [a, b]}, {@code {id: a, alias: b}} or just
 * {@code a,b}. Messages never quote the text.
 */
final class FlowText {
    private FlowText() {}

    /** Empty when the text begins like a list or group and is none. */
    static Optional<Node> parse(Node.Text text) {
        String trimmed = text.text().trim();
        if (trimmed.startsWith("[") || trimmed.startsWith("{")) {
            return YamlFile.parseVariable(trimmed, text.where());
        }
        List<Node> items = Arrays.stream(trimmed.split(",", -1))
                .<Node>map(item -> new Node.Text(item.trim(), false, text.where()))
                .toList();
        return Optional.of(new Node.Items(items, text.where()));
    }
}
