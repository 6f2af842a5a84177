package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4*, gpt-4o, true",
        "gpt-4*, gpt-4, true",
        "gpt-4*, gpt-5, false",
        "gpt-4*, my-gpt-4, false",
        "*-preview, a-preview, true",
        "*-preview, -preview, true",
        "*-preview, a-preview-2, false",
        "*mini*, gpt-4o-mini-2, true",
        "a*b*c, abc, true",
        "a*b*c, a-b-b-c, true",
        "a*b*c, acb, false",
        "gpt-?, gpt-4, true",
        "gpt-?, gpt-, false",
        "gpt-?, gpt-4o, false",
        "?*, a, true",
        "?*, '', false",
        "*, '', true",
        "*, a/b, true",
        "**, a, true",
        "'', '', true",
        "'', a, false",
        "a.c, abc, false",
        "gpt-4, GPT-4, false",
        "[a], a, false",
        "*ab, aab, true",
        "*?b, aab, true"
    })
    void pattern_fitsTheWholeName(String pattern, String name, boolean fits) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(fits);
    }

    /** One that tries every way to share out the stars would not come back before the end of the world. */
    @Test
    void pattern_ofManyStars_isDecidedAllTheSame() {
        Glob stars = new Glob("*a".repeat(200) + "*b");
        assertThat(stars.matches("a".repeat(20_000))).isFalse();
        assertThat(stars.matches("a".repeat(20_000) + "b")).isTrue();
        assertThat(new Glob("*?".repeat(200) + "b").matches("c".repeat(20_000))).isFalse();
        assertThat(new Glob("*".repeat(10_000)).matches("c".repeat(1_000))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"gpt-4, true, 5", "gpt-4*, false, 5", "*, false, 0", "a?c*, false, 2", "'', true, 0"})
    void pattern_knowsHowMuchItFixes(String pattern, boolean literal, int length) {
        assertThat(new Glob(pattern).isLiteral()).isEqualTo(literal);
        assertThat(new Glob(pattern).literalLength()).isEqualTo(length);
        assertThat(new Glob(pattern)).hasToString(pattern);
    }
}
