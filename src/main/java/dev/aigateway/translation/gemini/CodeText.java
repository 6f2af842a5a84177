package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Code that Gemini ran itself, as text for everyone else (translation reference, section 11.6). */
final class CodeText {
    private CodeText() {}

    static String code(JsonNode executable) {
        String language = executable.path("language").asText("").toLowerCase(Locale.ROOT);
        return fenced(
                language.equals("language_unspecified") ? "" : language,
                executable.path("code").asText(""));
    }

    static String result(JsonNode result) {
        return fenced("", result.path("output").asText(""));
    }

    private static String fenced(String language, String text) {
        return "\n```" + language + "\n" + text + (text.endsWith("\n") ? "" : "\n") + "```\n";
    }
}
