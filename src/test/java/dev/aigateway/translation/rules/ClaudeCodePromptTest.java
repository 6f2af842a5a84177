package dev.aigateway.translation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the tables {@code PROMPT} stands for the prompt. */
class ClaudeCodePromptTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"m\"} | {\"model\":\"m\",\"system\":\"PROMPT\"}",
                "{\"system\":null, \"x\":1.0} | {\"system\":\"PROMPT\", \"x\":1.0}",
                "{\"system\":\"\"} | {\"system\":\"PROMPT\"}",
                "{\"system\" : \"Be \\u0062rief.\"} | {\"system\" : \"PROMPT\\n\\nBe \\u0062rief.\"}",
                "{\"system\":[ ]} | {\"system\":[{\"type\":\"text\",\"text\":\"PROMPT\"} ]}",
                "{\"system\":[ {\"type\":\"text\", \"text\":\"Be brief.\",\"cache_control\":{\"type\":\"ephemeral\"}} ]} | {\"system\":[{\"type\":\"text\",\"text\":\"PROMPT\"}, {\"type\":\"text\", \"text\":\"Be brief.\",\"cache_control\":{\"type\":\"ephemeral\"}} ]}",
                "{\"system\":7} | {\"system\":7}",
            })
    void prompt_standsBeforeTheClientsInstructions(String body, String expected) {
        assertThat(text(ClaudeCodePrompt.first(bytes(body), false)))
                .isEqualTo(expected.replace("PROMPT", ClaudeCodePrompt.TEXT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {\"system\":\"PROMPT\"}",
                "{\"system\":\"Be brief.\"} | {\"system\":\"PROMPT\"}",
                "{\"system\":[{\"type\":\"text\",\"text\":\"a\"}],\"x\":1} | {\"system\":\"PROMPT\",\"x\":1}",
            })
    void strict_leavesThePromptOnly(String body, String expected) {
        assertThat(text(ClaudeCodePrompt.first(bytes(body), true)))
                .isEqualTo(expected.replace("PROMPT", ClaudeCodePrompt.TEXT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {\"metadata\":{\"user_id\":\"u\"}}",
                "{\"metadata\":{\"user_id\":\"own\", \"trace\":1.0}} | {\"metadata\":{\"user_id\":\"u\", \"trace\":1.0}}",
                "{\"metadata\":\"text\"} | {\"metadata\":\"text\"}",
            })
    void userId_joinsOtherMetadata(String body, String expected) {
        assertThat(text(ClaudeCodePrompt.withUserId(bytes(body), "u"))).isEqualTo(expected);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
