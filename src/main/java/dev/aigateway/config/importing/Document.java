package dev.aigateway.config.importing;

import java.util.stream.Collectors;

/** The text of a whole {@code application.yaml}. */
final class Document {
    private Document() {}

    static String of(Gateway gateway, Block settings) {
        String body = settings.spacedLines().stream()
                .map(line -> line.isEmpty() ? line : "  " + line)
                .collect(Collectors.joining("\n"))
                .stripTrailing();
        return """
                # Converted from a configuration of %s.
                # "was" tells what a setting said before, where its meaning is not quite the same or it has no counterpart.
                # Keys stand here as they stood there. Better keep them out of the file: "${NAME}" is the environment variable NAME.
                # Check it with: ai-gateway check
                ai-proxy:
                %s
                """.formatted(gateway.label(), body);
    }
}
