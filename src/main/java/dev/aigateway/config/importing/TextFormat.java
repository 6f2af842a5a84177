package dev.aigateway.config.importing;

import java.util.regex.Pattern;

/** Tells JSON, TOML and YAML apart by the first line that says something. */
final class TextFormat {
    private static final Pattern TOML =
            Pattern.compile("\\[+[A-Za-z0-9_.\"'\\s-]+]+\\s*(#.*)?|[A-Za-z0-9_.\"'-]+\\s*=.*");

    private TextFormat() {}

    static Foreign parse(String text) throws SyntaxException {
        String first = text.lines()
                .map(String::trim)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
        if (first.startsWith("{")) {
            return json(text);
        }
        return TOML.matcher(first).matches() ? TomlText.parse(text) : YamlText.parse(text);
    }

    /** Our own file may be YAML that only looks like JSON. What is neither is told in the words of JSON. */
    private static Foreign json(String text) throws SyntaxException {
        try {
            return JsonText.parse(text);
        } catch (SyntaxException e) {
            Foreign yaml = yamlOr(text, e);
            if (yaml instanceof Foreign.Group group && Gateway.of(group).isEmpty()) {
                return yaml;
            }
            throw e;
        }
    }

    private static Foreign yamlOr(String text, SyntaxException otherwise) throws SyntaxException {
        try {
            return YamlText.parse(text);
        } catch (SyntaxException e) {
            throw otherwise;
        }
    }
}
