package dev.aigateway.translation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Dialect;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedTemperatureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CHAT | gpt-4o | 0.70 | {\"temperature\":0.1,\"top_p\":0.5} | {\"temperature\":0.70,\"top_p\":0.5}",
                "CHAT | llama3.2 | 2 | {\"x\":1} | {\"x\":1,\"temperature\":2}",
                "CHAT | o4-mini | 0.7 | {\"temperature\":0.1,\"x\":1} | {\"x\":1}",
                "RESPONSES | gpt-4o | 0 | {\"temperature\":0.1} | {\"temperature\":0}",
                "RESPONSES | gpt-5 | 0 | {\"input\":\"hi\"} | {\"input\":\"hi\"}",
                "MESSAGES | claude-3-5-haiku-latest | 0.7 | {\"top_p\":0.5} | {\"top_p\":0.5,\"temperature\":0.7}",
                "MESSAGES | claude-sonnet-4-5 | 1.5 | {\"top_p\":0.5,\"temperature\":0.2} | {\"temperature\":1}",
                "MESSAGES | claude-sonnet-4-5 | 0.7 | {\"temperature\":1,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}} | {\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}",
                "MESSAGES | claude-sonnet-4-5 | 0.7 | {\"thinking\":{\"type\":\"disabled\"}} | {\"thinking\":{\"type\":\"disabled\"},\"temperature\":0.7}",
                "MESSAGES | claude-opus-5 | 0.7 | {\"temperature\":1} | {}",
                "GEMINI | gemini-2.5-flash | 0.7 | {} | {\"generationConfig\":{\"temperature\":0.7}}",
                "GEMINI | gemini-2.5-flash | 0.7 | {\"generation_config\":{\"temperature\":1}} | {\"generation_config\":{\"temperature\":0.7}}",
            })
    void temperature_isSetWhereTheModelTakesIt(
            Dialect dialect, String model, BigDecimal temperature, String body, String expected) {
        byte[] fixed = FixedTemperature.in(body.getBytes(StandardCharsets.UTF_8), dialect, model, temperature);
        assertThat(new String(fixed, StandardCharsets.UTF_8)).isEqualTo(expected);
    }
}
