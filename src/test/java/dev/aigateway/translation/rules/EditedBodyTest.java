package dev.aigateway.translation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits are written {@code default a.b=1}, {@code override a.b=1} or {@code filter a.b}, with {@code ;} between them. */
class EditedBodyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"x\":1} | default a=2 | {\"x\":1,\"a\":2}",
                "{} | default a=2 | {\"a\":2}",
                "{ } | default a=2;default b=\"3\" | {\"a\":2,\"b\":\"3\" }",
                "{\"a\":null} | default a=2 | {\"a\":null}",
                "{\"a\":0} | default a=2 | {\"a\":0}",
                "{\"x\":1} | default a.b.c=2 | {\"x\":1,\"a\":{\"b\":{\"c\":2}}}",
                "{\"a\":{\"x\":1}} | default a.b.c=2 | {\"a\":{\"x\":1,\"b\":{\"c\":2}}}",
                "{\"a\":{\"b\":{\"c\":null}}} | default a.b.c=2 | {\"a\":{\"b\":{\"c\":null}}}",
                "{\"a\":\"text\"} | default a.b.c=2 | {\"a\":\"text\"}",
                "{\"a\":null} | default a.b=2 | {\"a\":null}",
                "{} | default a=1;default a=2 | {\"a\":1}",
            })
    void default_setsWhatIsAbsentOnly(String body, String edits, String expected) {
        assertThat(edited(body, edits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"x\":1} | override a=2 | {\"x\":1,\"a\":2}",
                "{\"a\":null,\"x\":1} | override a=2.50 | {\"a\":2.50,\"x\":1}",
                "{\"a\":{\"b\":1}} | override a.b={\"c\":[]} | {\"a\":{\"b\":{\"c\":[]}}}",
                "{\"a\":{ \"b\" : 1 , \"z\":1.0}} | override a.b=12345678901234567890.0 | {\"a\":{ \"b\" : 12345678901234567890.0 , \"z\":1.0}}",
                "{\"x\":1} | override a.b=2;override a.c=3 | {\"x\":1,\"a\":{\"b\":2,\"c\":3}}",
                "{\"a\":1} | override a.b=2 | {\"a\":1}",
                "{\"a\":{\"b\":\"s\"}} | override a.b.c=2;override a.d=3 | {\"a\":{\"b\":\"s\",\"d\":3}}",
                "{} | override a=1;override a=2 | {\"a\":2}",
                "{\"a\":1,\"x\":0,\"a\":2} | override a=3 | {\"x\":0,\"a\":3}",
                "{\"\\u0061\":1} | override a=3 | {\"\\u0061\":3}",
                "{\"ä\":{\"€\":1}} | override ä.€=\"ü\" | {\"ä\":{\"€\":\"ü\"}}",
            })
    void override_setsWhateverIsThere(String body, String edits, String expected) {
        assertThat(edited(body, edits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | filter a | {}",
                "{ \"a\":1, \"b\":2, \"c\":3 } | filter a | { \"b\":2, \"c\":3 }",
                "{ \"a\":1, \"b\":2, \"c\":3 } | filter b | { \"a\":1, \"c\":3 }",
                "{ \"a\":1, \"b\":2, \"c\":3 } | filter c | { \"a\":1, \"b\":2 }",
                "{ \"a\":1, \"b\":2, \"c\":3 } | filter a;filter b;filter c | { }",
                "{\"a\":{\"b\":1,\"c\":2}} | filter a.b | {\"a\":{\"c\":2}}",
                "{\"a\":1,\"b\":2,\"a\":3} | filter a | {\"b\":2}",
                "{\"a\":1} | filter b;filter a.b;filter c.d.e | {\"a\":1}",
                "{\"a\":null} | filter a.b | {\"a\":null}",
            })
    void filter_takesAwayWhatIsThere(String body, String edits, String expected) {
        assertThat(edited(body, edits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":[ 1, 2 ,3]} | override a.1=9 | {\"a\":[ 1, 9 ,3]}",
                "{\"a\":[1,2,3]} | filter a.0 | {\"a\":[2,3]}",
                "{\"a\":[1,2,3]} | filter a.2;filter a.0 | {\"a\":[2]}",
                "{\"a\":[1]} | override a.1=9;override a.01=9;override a.x=9;filter a.5 | {\"a\":[1]}",
                "{\"a\":[{\"b\":1},{\"b\":[2]}]} | override a.1.b.0=9 | {\"a\":[{\"b\":1},{\"b\":[9]}]}",
                "{\"a\":[{\"b\":1},{}]} | default a.0.b=9;default a.1.b=9 | {\"a\":[{\"b\":1},{\"b\":9}]}",
                "{\"a\":[1]} | default a.0=9 | {\"a\":[1]}",
                "{\"a\":[1]} | override a.-1=9;default a.-1={\"x\":0} | {\"a\":[1,9,{\"x\":0}]}",
                "{\"a\":[]} | override a.-1.b=9 | {\"a\":[{\"b\":9}]}",
                "{} | override a.-1=9 | {\"a\":[9]}",
                "{\"a\":[1]} | filter a.-1 | {\"a\":[1]}",
                "{\"a\":{\"0\":1}} | override a.0=9 | {\"a\":{\"0\":9}}",
                "{} | override a.0=9 | {\"a\":{\"0\":9}}",
            })
    void index_inAnArray_isAnElement(String body, String edits, String expected) {
        assertThat(edited(body, edits)).isEqualTo(expected);
    }

    @Test
    void nameWithADot_isOneName() {
        assertThat(text(EditedBody.of(
                        bytes("{\"a.b\":1}"),
                        List.of(
                                new FieldEdit.Put(List.of("a.b"), new RawJson("2")),
                                new FieldEdit.Put(List.of("q\"\\"), new RawJson("3"))))))
                .isEqualTo("{\"a.b\":2,\"q\\\"\\\\\":3}");
    }

    @Test
    void edits_ofOneField_takeEffectInTheirOrder() {
        assertThat(edited("{}", "default a.b=1;override a.b=2;filter a.b;default a.c=3"))
                .isEqualTo("{\"a\":{\"c\":3}}");
    }

    @Test
    void editsThatChangeNothing_keepTheArray() {
        byte[] body = bytes("{ \"a\" : [ {\"b\":1.0} ] , \"c\":\"\\u00e9 é\" }");
        assertThat(EditedBody.of(body, List.of())).isSameAs(body);
        assertThat(EditedBody.of(body, edits("default a.0.b=2;default c=1;filter d;filter a.7;override c.d=1")))
                .isSameAs(body);
    }

    @Test
    void bytesOutsideTheTouchedField_areThoseOfTheSource() {
        String body = " {\n\t\"messages\" : [ {\"role\":\"user\", \"content\":\"gr\\u00f6ße 😀 \\/\"} ] ,"
                + " \"n\":1e5,\"o\" :{ \"temperature\" : 0.10 , \"p\":12345678901234567890 }\r\n} ";
        assertThat(edited(body, "override o.temperature=0.70")).isEqualTo(body.replace("0.10", "0.70"));
        assertThat(edited(body, "filter n")).isEqualTo(body.replace(" , \"n\":1e5,", ","));
        assertThat(edited(body, "override messages.0.role=\"system\""))
                .isEqualTo(body.replace("\"user\"", "\"system\""));
    }

    private static String edited(String body, String edits) {
        return text(EditedBody.of(bytes(body), edits(edits)));
    }

    private static List<FieldEdit> edits(String text) {
        List<FieldEdit> edits = new ArrayList<>();
        for (String edit : text.split(";")) {
            String[] action = edit.trim().split(" ", 2);
            String[] assignment = action[1].split("=", 2);
            List<String> path = Arrays.asList(assignment[0].split("\\."));
            edits.add(
                    switch (action[0]) {
                        case "default" -> new FieldEdit.Supply(path, new RawJson(assignment[1]));
                        case "override" -> new FieldEdit.Put(path, new RawJson(assignment[1]));
                        case "filter" -> new FieldEdit.Remove(path);
                        default -> throw new IllegalArgumentException(edit);
                    });
        }
        return edits;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
