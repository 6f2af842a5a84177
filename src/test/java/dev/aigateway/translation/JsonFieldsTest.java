package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.RawJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFieldsTest {
    @TestFactory
    Stream<DynamicTest> wrongValue_is400_thatNamesTheField() {
        return Stream.of(
                refused("text", "7", fields -> fields.text("f"), "must be a string, not number"),
                refused("required text", "null", fields -> fields.requiredText("f"), "is required"),
                refused("flag", "'yes'", fields -> fields.flag("f"), "must be true or false, not string"),
                refused("decimal", "'1'", fields -> fields.decimal("f"), "must be a number, not string"),
                refused("range", "2.5", fields -> fields.decimal("f", "0", "2"), "must be between 0 and 2, not 2.5"),
                refused(
                        "range below",
                        "-1",
                        fields -> fields.decimal("f", "0", "2"),
                        "must be between 0 and 2, not -1"),
                refused("integer", "1.5", fields -> fields.integer("f", 0), "must be a whole number, not number"),
                refused("wide", "9999999999", fields -> fields.integer("f", 0), "must be a whole number, not number"),
                refused("least", "0", fields -> fields.integer("f", 1), "must be at least 1, not 0"),
                refused("long", "1e99", fields -> fields.longInteger("f"), "must be a whole number, not number"),
                refused("object", "[]", fields -> fields.object("f"), "must be an object, not array"),
                refused("required object", "null", fields -> fields.requiredObject("f"), "is required"),
                refused("array", "{}", fields -> fields.array("f"), "must be an array, not object"));
    }

    private static DynamicTest refused(String name, String value, Consumer<JsonFields> read, String message) {
        return DynamicTest.dynamicTest(name, () -> {
            JsonFields fields = JsonFields.at(parsed("{'f':" + value + "}"), "outer");
            GatewayError error = catchThrowableOfType(GatewayException.class, () -> read.accept(fields))
                    .error();
            assertThat(error.kind()).isEqualTo(GatewayError.Kind.BAD_REQUEST);
            assertThat(error.param()).contains("outer.f");
            assertThat(error.message()).isEqualTo("outer.f: " + message);
        });
    }

    @Test
    void rightValue_isRead() {
        JsonFields fields = root(
                "{'t':'x','b':true,'d':1.50,'i':7,'l':9999999999,'o':{'k':1},'a':['p',{'q':1}],'s':['u','v'],'n':null}");
        assertThat(fields.text("t")).contains("x");
        assertThat(fields.requiredText("t")).isEqualTo("x");
        assertThat(fields.flag("b")).isTrue();
        assertThat(fields.flag("absent")).isFalse();
        assertThat(fields.decimal("d", "1", "2")).contains(new BigDecimal("1.50"));
        assertThat(fields.integer("i", 7)).isEqualTo(OptionalInt.of(7));
        assertThat(fields.integer("absent", 0)).isEmpty();
        assertThat(fields.longInteger("l")).isEqualTo(OptionalLong.of(9_999_999_999L));
        assertThat(fields.longInteger("absent")).isEmpty();
        assertThat(fields.requiredObject("o").path("k")).isEqualTo("o.k");
        assertThat(fields.raw("o")).contains(new RawJson("{\"k\":1}"));
        assertThat(fields.texts("s")).containsExactly("u", "v");
        assertThat(fields.array("a").getFirst().isText()).isTrue();
        assertThat(fields.array("a").get(1).fields().path()).isEqualTo("a[1]");
        assertThat(fields.array("absent")).isEmpty();
        assertThat(fields.has("n")).as("null is absence").isFalse();
    }

    @Test
    void elementOfAWrongKind_isNamedByItsPlace() {
        assertThatThrownBy(() -> root("{'s':['u',7]}").texts("s")).hasMessageStartingWith("s[1]: must be a string");
        assertThatThrownBy(() -> root("{'s':[7]}").array("s").getFirst().fields())
                .hasMessageStartingWith("s[0]: must be an object");
    }

    @Test
    void rest_isWhatNobodyAskedFor() {
        JsonFields fields = root("{'a':1,'b':2.50,'c':null,'d':{}}");
        fields.value("a");
        assertThat(fields.rest()).hasToString("{b=2.50, d={}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{'a':}|line 1, column", "[1]|must be a JSON object", "{} x|is not valid JSON", "``|must be a JSON"
            })
    void brokenRequest_is400_thatSaysWhere(String body, String message) {
        assertThatThrownBy(() -> Json.request(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(message);
    }

    @Test
    void tree_keepsNumbersAndOrder_andParsesOnlyWhatIsJson() {
        String text = "{\"b\":1.10,\"a\":12345678901234567890,\"c\":1E+2}";
        assertThat(Json.text(Json.request(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(text);
        assertThat(Json.text(Json.object().set("raw", Json.verbatim(new RawJson("{ \"x\" : 1e5 }")))))
                .isEqualTo("{\"raw\":{ \"x\" : 1e5 }}");
        assertThat(Json.parse("nope")).isEmpty();
        assertThat(Json.parse("")).isEmpty();
        assertThat(Json.parse(new byte[0])).isEmpty();
        assertThatThrownBy(() -> Json.tree(new RawJson("nope"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonFields root(String json) {
        return JsonFields.root(parsed(json));
    }

    private static ObjectNode parsed(String json) {
        return Json.request(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
