package dev.aigateway.translation.splice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.sse.ByteSlice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpliceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"b\":[1, {\"c\":2} ,[3]]}} | 1/{\"c\":2}/[3]",
                "{\"a\":{\"b\":[]}}                    | ''",
                "{\"a\":{\"b\":{}}}                    | ''",
                "{\"a\":{\"b\":null}}                  | ''",
                "{\"a\":[1]}                           | ''",
                "no JSON                               | ''",
            })
    void elements_areThoseOfTheArrayAtThePath(String document, String elements) {
        assertThat(String.join(
                        "/",
                        Splice.elements(bytes(document), "a", "b").stream()
                                .map(ByteSlice::text)
                                .toList()))
                .isEqualTo(elements);
    }

    @Test
    void text_isWithoutItsQuotes() {
        ByteSlice document = bytes("{\"a\":{\"b\":\"word\"},\"c\":\"\"}");
        assertThat(Splice.text(document, "a", "b")).isEqualTo("word");
        assertThat(Splice.text(document, "c")).isEmpty();
        assertThat(Splice.text(document, "d")).isEmpty();
    }

    private static ByteSlice bytes(String text) {
        return ByteSlice.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
