package dev.aigateway.translation.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.sse.ByteSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|[]",
                "' [ ] '|[]",
                "[1]|[1]",
                "' [{\"a\":[1,2]} , \"x,y\",[ 3 ],null ] '|[{\"a\":[1,2]}, \"x,y\", [ 3 ], null]"
            })
    void scanArray_reportsEachElement(String json, String elements) {
        List<String> found = new ArrayList<>();
        JsonScanner.scanArray(ByteSlice.of(json.getBytes(StandardCharsets.UTF_8)), value -> found.add(value.text()));
        assertThat(found).hasToString(elements);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "\"a\"", "[", "[1", "[1,", "[1,]", "[1 2]", "[1]x", "[,]"})
    void scanArray_malformed_isRefused(String json) {
        ByteSlice document = ByteSlice.of(json.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> JsonScanner.scanArray(document, value -> {}))
                .isInstanceOf(JsonScanner.JsonSyntaxException.class);
    }

    @Test
    void scanObject_nestedValues_reportsOutermostMembersOnly() {
        assertThat(members(
                        " { \"a\" : {\"b\":[1,{\"c\":2}]} , \"d\":[ ], \"e\":\"x\\\"y\", \"f\":-1.5e+3,\"g\":null } "))
                .containsExactly("a={\"b\":[1,{\"c\":2}]}", "d=[ ]", "e=\"x\\\"y\"", "f=-1.5e+3", "g=null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[[[]],{},[{}]]}",
                "{\"a\":\"\\u00e9\\n\"}",
                "{\"a\":0,\"b\":-0.0,\"c\":1E9,\"d\":10}",
                "{\"a\":[1 , 2\n,\t3]}",
                "{\"\":true}"
            })
    void scanObject_wellFormed_isAccepted(String json) {
        assertThatCode(() -> members(json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1]",
                "{\"a\":[}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":{\"b\"}}",
                "{\"a\":tru}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"line\nbreak\"}",
                "{\"a\":\"open}",
                "{a:1}",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{'a':1}",
                "{\"a\":NaN}"
            })
    void scanObject_malformed_isRefused(String json) {
        assertThatThrownBy(() -> members(json))
                .isInstanceOf(JsonScanner.JsonSyntaxException.class)
                .hasMessageStartingWith("at byte ");
    }

    @Test
    void scanObject_nestingBeyondTheLimit_isRefusedWithoutOverflow() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> members(deep)).hasMessageContaining("nesting");
    }

    @Test
    void isEmptyArray_spacesOnly_isEmpty() {
        assertThat(JsonScanner.isEmptyArray(slice("[ \n]"))).isTrue();
        assertThat(JsonScanner.isEmptyArray(slice("[0]"))).isFalse();
    }

    private static List<String> members(String json) {
        List<String> members = new ArrayList<>();
        JsonScanner.scanObject(slice(json), (key, value) -> members.add(key.text() + "=" + value.text()));
        return members;
    }

    private static ByteSlice slice(String text) {
        return ByteSlice.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
