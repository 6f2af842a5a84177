package dev.aigateway.translation.gemini.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.RawJson;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaCacheTest {
    private static final String BOUNDED =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"minLength\":1}}}";

    private final SchemaCache cache = new SchemaCache();

    @ParameterizedTest
    @EnumSource
    void schema_isWrittenOnce_asLongAsItIsTheSame(SchemaForm form) {
        SchemaForm.Written first = cache.parameters(new RawJson(BOUNDED), form);
        assertThat(cache.parameters(new RawJson(new StringBuilder(BOUNDED).toString()), form))
                .isSameAs(first)
                .isEqualTo(form.parameters(new RawJson(BOUNDED)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRIMMED|{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"minLength\":1}}}|false",
                "CLEANED|{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"minLength\":1}}}|false",
                "STRICT|{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"description\":\"(min length 1)\"}}}|true"
            })
    void forms_ofOneSchema_areHeldApart(SchemaForm form, String written, boolean changed) {
        for (SchemaForm other : SchemaForm.values()) {
            cache.parameters(new RawJson(BOUNDED), other);
        }
        assertThat(cache.parameters(new RawJson(BOUNDED), form).schema()).hasValue(new RawJson(written));
        assertThat(cache.parameters(new RawJson(BOUNDED), form).changed()).isEqualTo(changed);
    }

    @Test
    void emptyObject_isNoParametersButASchema() {
        RawJson empty = new RawJson("{\"type\":\"object\"}");
        assertThat(cache.whole(empty, SchemaForm.CLEANED).schema()).hasValue(empty);
        assertThat(cache.parameters(empty, SchemaForm.CLEANED).schema()).isEmpty();
    }

    @Test
    void schemasAddress_leftOut_isNoChange() {
        RawJson schema = new RawJson(BOUNDED.replaceFirst("\\{", "{\"\\$schema\":\"x\","));
        assertThat(cache.parameters(schema, SchemaForm.TRIMMED).changed()).isFalse();
    }

    @Test
    void longSchema_isNotHeld() {
        RawJson schema = new RawJson(
                "{\"properties\":{\"a\":{\"type\":\"string\",\"description\":\"" + "x".repeat(20_000) + "\"}}}");
        SchemaForm.Written written = cache.parameters(schema, SchemaForm.CLEANED);
        assertThat(cache.parameters(schema, SchemaForm.CLEANED))
                .isNotSameAs(written)
                .isEqualTo(written);
    }

    @Test
    void schemaThatGrows_isNotHeld() {
        StringBuilder schema = new StringBuilder("{\"$defs\":{\"d\":{\"type\":\"string\",\"description\":\"")
                .append("x".repeat(2_000))
                .append("\"}},\"properties\":{");
        for (int i = 0; i < 10; i++) {
            schema.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":{\"$ref\":\"#/$defs/d\"}");
        }
        RawJson raw = new RawJson(schema.append("}}").toString());
        SchemaForm.Written written = cache.parameters(raw, SchemaForm.CLEANED);
        assertThat(cache.parameters(raw, SchemaForm.CLEANED)).isNotSameAs(written);
    }

    @Test
    void moreSchemasThanPlaces_areAllWritten_andTheOldestForgotten() {
        List<RawJson> schemas = IntStream.range(0, 5_000)
                .mapToObj(i -> new RawJson("{\"properties\":{\"p" + i + "\":{\"type\":\"integer\"}}}"))
                .toList();
        List<SchemaForm.Written> written = schemas.stream()
                .map(schema -> cache.parameters(schema, SchemaForm.CLEANED))
                .toList();
        long held = IntStream.range(0, schemas.size())
                .filter(i -> cache.parameters(schemas.get(i), SchemaForm.CLEANED) == written.get(i))
                .count();
        assertThat(held).isLessThanOrEqualTo(1024);
        assertThat(written.getLast().schema().orElseThrow().text()).contains("\"p4999\"");
    }

    @Test
    void threads_atOnce_allGetTheirOwn() {
        List<String> wrong = IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(i -> "p" + i % 300)
                .filter(name -> !cache.parameters(
                                new RawJson("{\"properties\":{\"" + name + "\":{\"type\":\"integer\"}}}"),
                                SchemaForm.CLEANED)
                        .schema()
                        .orElseThrow()
                        .text()
                        .contains("\"" + name + "\""))
                .toList();
        assertThat(wrong).isEmpty();
    }
}
