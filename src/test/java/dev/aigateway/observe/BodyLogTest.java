package dev.aigateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyLogTest {
    private static final String KEY = "configured-key-of-a-client";

    private final Redaction redaction = Redaction.of(Configurations.of("access-keys: [ " + KEY + " ]"));

    @Test
    void text_ofAShortBody_isTheWholeOfIt_inOneLine() {
        assertThat(text("{\r\n\"a\": \"" + KEY + "\u2028\"}"))
                .isEqualTo("id what (" + (14 + KEY.length()) + " bytes): {\\r\\n\"a\": \"***?\"}");
    }

    @Test
    void text_ofAnEmptyBody_saysSo() {
        assertThat(text("")).isEqualTo("id what (0 bytes): ");
    }

    @Test
    void text_ofALongBody_isCut() {
        assertThat(text("é".repeat(1_000_000)))
                .endsWith("é...")
                .hasSizeBetween(BodyLog.MOST_CHARACTERS, BodyLog.MOST_CHARACTERS + 100);
    }

    @Test
    void text_keyAcrossTheCut_leavesNoHalf() {
        for (int before = BodyLog.MOST_CHARACTERS - KEY.length(); before <= BodyLog.MOST_CHARACTERS; before++) {
            assertThat(text("x".repeat(before) + KEY)).doesNotContain("conf");
        }
    }

    private String text(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return BodyLog.text(redaction, "id", "what", bytes, bytes.length);
    }
}
