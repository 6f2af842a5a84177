package dev.aigateway.translation.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.translation.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Argument texts as objects, and ids that every dialect takes: sections 10.3 and 11.3 of the translation reference. */
class ArgumentsTest {
    @ParameterizedTest(name = "11.3: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "``|{}",
                "`  `|{}",
                "null|{}",
                "{}|{}",
                "{\"b\":1,\"a\":1.0}|{\"b\":1,\"a\":1.0}",
                "{ \"n\" : 12345678901234567890 }|{ \"n\" : 12345678901234567890 }",
                "[1,2]|{\"value\":[1,2]}",
                "\"x\"|{\"value\":\"x\"}",
                "1.0|{\"value\":1.0}",
                "{\"a\":\"x|{\"a\":\"x\"}",
                "{\"a\":{\"b\":[1,2|{\"a\":{\"b\":[1,2]}}",
                "{\"a\":\"}|{\"a\":\"}\"}",
                "{\"a\":\"\\\"|{\"a\":\"\\\"\"}",
                "{\"a\":|{\"_raw\":\"{\\\"a\\\":\"}",
                "oops|{\"_raw\":\"oops\"}",
                "{} {}|{\"_raw\":\"{} {}\"}"
            })
    void text_becomesAnObject(String text, String object) {
        assertThat(Arguments.object(text).text()).isEqualTo(object);
    }

    @ParameterizedTest(name = "11.3: cut after {0} characters")
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 10, 12, 14, 17, 18, 20})
    void cutText_alwaysBecomesAnObject(int length) {
        String whole = "{\"a\":[true,{\"b\":\"x\\\\\\u00e9\"}]}";
        String object = Arguments.object(whole.substring(0, length)).text();
        assertThat(Json.parse(object))
                .get()
                .satisfies(node -> assertThat(node.isObject()).isTrue());
    }

    @ParameterizedTest(name = "10.3: {0}")
    @CsvSource({"call_1, true", "toolu_01-X, true", "functions.f:0, false", "'', false", "a b, false"})
    void id_isKeptWhereItIsLegal(String id, boolean kept) {
        String legal = CallIds.legal(id);
        assertThat(legal).matches("[A-Za-z0-9_-]{1,40}").isEqualTo(CallIds.legal(id));
        assertThat(legal.equals(id)).isEqualTo(kept);
    }
}
