package dev.aigateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the {@code .env} file of a folder. A line that makes no sense is passed over, and so is a file that cannot be read:
 * the file may belong to another program of the same folder.
 */
final class DotEnv {
    static final String FILE_NAME = ".env";

    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|(.*?))\\s*");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*$");

    private DotEnv() {}

    static Map<String, String> read(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        try {
            return Files.isRegularFile(file) ? parse(Files.readString(file)) : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    static Map<String, String> parse(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        text.lines().filter(line -> !line.trim().startsWith("#")).forEach(line -> add(line, variables));
        return variables;
    }

    private static void add(String line, Map<String, String> variables) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        String quoted = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        String plain = matcher.group(4);
        variables.put(
                matcher.group(1),
                quoted != null ? quoted : COMMENT.matcher(plain).replaceFirst(""));
    }
}
