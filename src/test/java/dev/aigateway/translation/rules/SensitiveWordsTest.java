package dev.aigateway.translation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the tables {@code ^} stands for the invisible character. */
class SensitiveWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "proxy | a proxy, a Proxy and PROXY | a p^roxy, a P^roxy and P^ROXY",
                "api,apikey | apikey and api | a^pikey and a^pi",
                "apikey,api | APIKEYS | A^PIKEYS",
                "größe,straße | Die GRÖSSE der Größe der STRAßE | Die GRÖSSE der G^röße der S^TRAßE",
                "日本語 | 私の日本語です | 私の日^本語です",
                "😀x | a 😀X b | a 😀^X b",
                "a.c | abc a.c | abc a^.c",
                "x y | x y x  y | x^ y x  y",
                "none | nothing here | nothing here",
            })
    void word_anywhereInText_isSplitAfterItsFirstCharacter(String words, String text, String expected) {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
        assertThat(split(words, body.formatted(text))).isEqualTo(body.formatted(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"system\":\"secret\"} | {\"system\":\"s^ecret\"}",
                "{\"system\":[{\"type\":\"text\",\"text\":\"secret\",\"cache_control\":{\"type\":\"secret\"}}]} | {\"system\":[{\"type\":\"text\",\"text\":\"s^ecret\",\"cache_control\":{\"type\":\"secret\"}}]}",
                "{\"messages\":[{\"role\":\"secret\",\"content\":[{\"type\":\"text\",\"text\":\"secret\"}]}]} | {\"messages\":[{\"role\":\"secret\",\"content\":[{\"type\":\"text\",\"text\":\"s^ecret\"}]}]}",
                "{\"messages\":[{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"secret\",\"content\":[{\"type\":\"text\",\"text\":\"secret\"}]}]}]} | {\"messages\":[{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"secret\",\"content\":[{\"type\":\"text\",\"text\":\"s^ecret\"}]}]}]}",
                "{\"messages\":[{\"content\":[{\"type\":\"tool_result\",\"content\":\"secret\"}]}]} | {\"messages\":[{\"content\":[{\"type\":\"tool_result\",\"content\":\"s^ecret\"}]}]}",
                "{\"messages\":[{\"content\":[{\"type\":\"tool_use\",\"name\":\"secret\",\"input\":{\"text\":\"secret\"}}]}]} | {\"messages\":[{\"content\":[{\"type\":\"tool_use\",\"name\":\"secret\",\"input\":{\"text\":\"secret\"}}]}]}",
                "{\"messages\":[{\"content\":[{\"type\":\"image\",\"source\":{\"data\":\"secret\"}},{\"type\":\"thinking\",\"thinking\":\"secret\",\"signature\":\"secret\"}]}]} | {\"messages\":[{\"content\":[{\"type\":\"image\",\"source\":{\"data\":\"secret\"}},{\"type\":\"thinking\",\"thinking\":\"secret\",\"signature\":\"secret\"}]}]}",
                "{\"model\":\"secret\",\"tools\":[{\"text\":\"secret\"}],\"content\":\"secret\"} | {\"model\":\"secret\",\"tools\":[{\"text\":\"secret\"}],\"content\":\"secret\"}",
                "{\"system\":\"a\\n\\\"s\\u0065cret\\\" \\u00e9\"} | {\"system\":\"a\\n\\\"s^ecret\\\" é\"}",
                "{\"system\":\"a\\n\\u00e9\", \"messages\" : [ {\"content\":\"x secret\"} ] , \"n\":1.0} | {\"system\":\"a\\n\\u00e9\", \"messages\" : [ {\"content\":\"x s^ecret\"} ] , \"n\":1.0}",
            })
    void place_decidesWhetherAWordIsSplit(String body, String expected) {
        assertThat(split("secret", body)).isEqualTo(expected);
    }

    @Test
    void bodyWithoutTheWords_keepsItsArray() {
        byte[] body = "{\"messages\":[{\"content\":\"x\"}]}".getBytes(StandardCharsets.UTF_8);
        assertThat(SensitiveWords.of(List.of("secret")).split(body)).isSameAs(body);
    }

    private static String split(String words, String body) {
        byte[] split = SensitiveWords.of(List.of(words.split(","))).split(body.getBytes(StandardCharsets.UTF_8));
        return new String(split, StandardCharsets.UTF_8).replace('\u200b', '^');
    }
}
