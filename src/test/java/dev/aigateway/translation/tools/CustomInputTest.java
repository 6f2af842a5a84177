package dev.aigateway.translation.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.translation.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomInputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input\":\"plain\"}",
                "{ \"input\" : \"a \\\"quoted\\\" \\\\ line\\n\" }",
                "{\"input\":\"\\u00fc \\ud83d\\ude00 ü😀\"}",
                "{\"input\":\"\"}"
            })
    void text_comesOutTheSame_howeverItIsCut(String arguments) {
        String whole = unwrap(arguments, arguments.length());
        for (int size = 1; size < arguments.length(); size++) {
            assertThat(unwrap(arguments, size)).isEqualTo(whole);
        }
        assertThat(Json.parse(arguments).orElseThrow().path("input").textValue())
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"other\":\"x\"}", "plain text", "{\"input\":7}", "[1,2]", "{}"})
    void otherArguments_comeOutUnchanged(String arguments) {
        for (int size = 1; size <= arguments.length(); size++) {
            assertThat(unwrap(arguments, size)).isEqualTo(arguments);
        }
    }

    @Test
    void text_isGivenAsSoonAsItIsCertain() {
        CustomInput input = new CustomInput();
        assertThat(input.feed("{\"inp")).isEmpty();
        assertThat(input.feed("ut\":\"ab")).isEqualTo("ab");
        assertThat(input.feed("c\\")).isEqualTo("c");
        assertThat(input.feed("n\\ud83d")).isEqualTo("\n");
        assertThat(input.feed("\\ude00\"}")).isEqualTo("😀");
        assertThat(input.end()).isEmpty();
    }

    private static String unwrap(String arguments, int size) {
        CustomInput input = new CustomInput();
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < arguments.length(); from += size) {
            text.append(input.feed(arguments.substring(from, Math.min(from + size, arguments.length()))));
        }
        return text.append(input.end()).toString();
    }
}
