package dev.aigateway.translation.gemini.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCleanerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        J1 words of draft schemas        | {"$schema":"x","type":"object","additionalProperties":false,"properties":{"a":{"type":["string","null"]}}} | {"type":"object","properties":{"a":{"type":"string","nullable":true}}}
        J2 propertyNames and multipleOf  | {"type":"object","propertyNames":{"pattern":"^a"},"properties":{"a":{"type":"number","multipleOf":2}}}     | {"type":"object","properties":{"a":{"type":"number"}}}
        J2 exclusive bound of an integer | {"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":10}                                            | {"type":"integer","minimum":1,"maximum":9}
        J2 exclusive bound of a number   | {"type":"number","exclusiveMinimum":0}                                                                   | {"type":"number","description":"(greater than 0)"}
        J2 exclusive bound of draft 4    | {"type":"number","minimum":1,"exclusiveMinimum":true}                                                    | {"type":"number","minimum":1}
        J2 const                         | {"const":"on"}                                                                                          | {"type":"string","enum":["on"]}
        J3 recursion                     | {"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"next":{"$ref":"#/$defs/n"}}}}}         | {"type":"object","properties":{"next":{"type":"object","description":"n (recursive)"}}}
        J3 shared definition             | {"properties":{"a":{"$ref":"#/definitions/t","description":"mine"}},"definitions":{"t":{"type":"integer","description":"theirs"}}} | {"type":"object","properties":{"a":{"type":"integer","description":"mine"}}}
        J3 unresolvable                  | {"properties":{"a":{"$ref":"http://x/y","description":"d"}}}                                            | {"type":"object","properties":{"a":{"type":"string","description":"d"}}}
        J4 properties named like words   | {"properties":{"type":{"type":"string"},"default":{"type":"integer"},"pattern":{"type":"boolean"},"$ref":{"type":"string"}}} | {"type":"object","properties":{"type":{"type":"string"},"default":{"type":"integer"},"pattern":{"type":"boolean"},"$ref":{"type":"string"}}}
        J5 numbers as enum               | {"type":"integer","enum":[1,2,2,null]}                                                                   | {"type":"string","nullable":true,"enum":["1","2"],"description":"(one of the values as a string)"}
        J6 required without property     | {"properties":{"a":{"type":"string"}},"required":["a","b"]}                                              | {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}
        J6 nothing left to require       | {"properties":{"a":{"type":"string"}},"required":["b"]}                                                  | {"type":"object","properties":{"a":{"type":"string"}}}
        J6 required of draft 3           | {"properties":{"a":{"type":"string","required":true}}}                                                   | {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}
        J7 array without items           | {"type":"array"}                                                                                        | {"type":"array","items":{"type":"string"}}
        J7 items true                    | {"type":"array","items":true}                                                                           | {"type":"array","items":{"type":"string"}}
        J7 tuple                         | {"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}]}                                    | {"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]}}
        J10 anyOf with null              | {"anyOf":[{"type":"string","minLength":1},{"type":"null"}],"description":"d"}                            | {"type":"string","minLength":1,"description":"d","nullable":true}
        oneOf                            | {"oneOf":[{"type":"string"},{"type":"integer"}]}                                                         | {"anyOf":[{"type":"string"},{"type":"integer"}]}
        constants as branches            | {"anyOf":[{"const":"a"},{"const":"b"}]}                                                                  | {"type":"string","enum":["a","b"]}
        several types                    | {"type":["string","array"],"minLength":1,"items":{"type":"integer"},"description":"d"}                   | {"description":"d","anyOf":[{"type":"string","minLength":1},{"type":"array","items":{"type":"integer"}}]}
        allOf                            | {"allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"integer"}},"required":["b"]}]} | {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a","b"]}
        branches that only require       | {"type":"object","properties":{"a":{"type":"string"}},"anyOf":[{"required":["a"]},{"required":["b"]}]}   | {"type":"object","properties":{"a":{"type":"string"}}}
        unknown format                   | {"type":"string","format":"uuid"}                                                                        | {"type":"string","description":"(format: uuid)"}
        known format                     | {"type":"string","format":"date-time"}                                                                   | {"type":"string","format":"date-time"}
        default                          | {"type":"string","description":"d","default":"x"}                                                        | {"type":"string","description":"d (default: x)"}
        property that must not be        | {"properties":{"a":{"type":"string"},"b":false}}                                                         | {"type":"object","properties":{"a":{"type":"string"}}}
        property of any kind             | {"properties":{"a":true,"b":{}}}                                                                         | {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}
        type in capitals                 | {"type":"OBJECT","properties":{"a":{"type":"STRING"}}}                                                   | {"type":"object","properties":{"a":{"type":"string"}}}
        words of no standard             | {"type":"string","x-order":1,"readOnly":true,"deprecated":true,"title":"t"}                              | {"type":"string","title":"t"}
        ordering                         | {"type":"object","propertyOrdering":["a"],"properties":{"a":{"type":"string"}}}                          | {"type":"object","propertyOrdering":["a"],"properties":{"a":{"type":"string"}}}
        """)
    void clean_schema_saysWhatOlderModelsTake(String name, String schema, String cleaned) {
        JsonNode tree = Json.parse(schema).orElseThrow();

        assertThat(Json.text(SchemaCleaner.clean(tree))).isEqualTo(cleaned);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        lengths           | {"type":"string","minLength":1,"maxLength":9}                   | {"type":"string","description":"(min length 1; max length 9)"}
        pattern           | {"type":"string","description":"d","pattern":"^a"}              | {"type":"string","description":"d (pattern ^a)"}
        bounds            | {"type":"number","minimum":0.50,"maximum":1}                    | {"type":"number","description":"(minimum 0.50; maximum 1)"}
        exclusive bounds  | {"type":"integer","exclusiveMinimum":0}                         | {"type":"integer","description":"(minimum 1)"}
        items             | {"type":"array","minItems":1,"maxItems":2,"items":{"type":"string","minLength":3}} | {"type":"array","items":{"type":"string","description":"(min length 3)"},"description":"(min items 1; max items 2)"}
        in alternatives   | {"anyOf":[{"type":"string","pattern":"a"},{"type":"integer","minimum":1}]} | {"anyOf":[{"type":"string","description":"(pattern a)"},{"type":"integer","description":"(minimum 1)"}]}
        behind references | {"properties":{"a":{"$ref":"#/$defs/t"}},"$defs":{"t":{"type":"string","maxLength":5}}} | {"type":"object","properties":{"a":{"type":"string","description":"(max length 5)"}}}
        names as data     | {"properties":{"minLength":{"type":"integer"},"pattern":{"type":"string"}}} | {"type":"object","properties":{"minLength":{"type":"integer"},"pattern":{"type":"string"}}}
        other words stay  | {"type":"object","minProperties":1,"properties":{"a":{"enum":["x"]}},"required":["a"]} | {"type":"object","minProperties":1,"properties":{"a":{"type":"string","enum":["x"]}},"required":["a"]}
        """)
    void clean_forStrictBackends_tellsBoundsInWords(String name, String schema, String cleaned) {
        JsonNode tree = Json.parse(schema).orElseThrow();

        assertThat(Json.text(SchemaCleaner.clean(tree, SchemaCleaner.Bounds.TOLD)))
                .isEqualTo(cleaned);
    }

    @Test
    void clean_anything_leavesItsInputAlone() {
        String schema =
                "{\"$schema\":\"x\",\"allOf\":[{\"properties\":{\"a\":true}}],\"properties\":{\"b\":{\"enum\":[1]}}}";
        JsonNode tree = Json.parse(schema).orElseThrow();

        SchemaCleaner.clean(tree);

        assertThat(Json.text(tree)).isEqualTo(schema);
    }

    @Test
    void clean_referencesThatMultiply_staysSmall() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 8; i++) {
            schema.append("\"d").append(i).append("\":{\"properties\":{");
            for (int p = 0; p < 10; p++) {
                schema.append(p == 0 ? "" : ",")
                        .append("\"p")
                        .append(p)
                        .append("\":{\"$ref\":\"#/$defs/d")
                        .append(i + 1);
                schema.append("\"}");
            }
            schema.append("}},");
        }
        schema.append("\"d8\":{\"type\":\"string\"}}}");

        JsonNode cleaned = SchemaCleaner.clean(Json.parse(schema.toString()).orElseThrow());

        assertThat(Json.bytes(cleaned)).hasSizeLessThan(3_000_000);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        J8 empty object       | {"type":"object","properties":{}} | -
        J8 nothing at all     | {}                                | -
        J8 open object        | {"type":"object"}                 | -
        alternatives at root  | {"anyOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"type":"object","properties":{"b":{"type":"integer"}}}]} | {"properties":{"a":{"type":"string"},"b":{"type":"integer"}},"type":"object"}
        """)
    void parameters_root_isAnObjectOrLeftOut(String name, String schema, String written) {
        JsonNode tree = Json.parse(schema).orElseThrow();

        assertThat(SchemaCleaner.parameters(tree).map(Json::text).orElse(null)).isEqualTo(written);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        refused words   | {"$schema":"x","$comment":"c","type":"object","properties":{"a":{"type":"string","examples":["e"],"contentEncoding":"base64"}},"patternProperties":{"^x":{}},"dependentRequired":{}} | {"type":"object","properties":{"a":{"type":"string"}}}
        const           | {"properties":{"a":{"const":5}}}                            | {"properties":{"a":{"enum":[5]}}}
        kept words      | {"type":"object","additionalProperties":false,"properties":{"a":{"type":["string","null"],"default":"d","minimum":1.50}}} | {"type":"object","additionalProperties":false,"properties":{"a":{"type":["string","null"],"default":"d","minimum":1.50}}}
        references      | {"$ref":"#/$defs/a","$defs":{"a":{"const":"x"}}}            | {"$ref":"#/$defs/a","$defs":{"a":{"enum":["x"]}}}
        required        | {"properties":{"a":true},"required":["a","b"]}              | {"properties":{"a":true},"required":["a"]}
        names as data   | {"properties":{"const":{"type":"string"},"not":{"type":"string"}}} | {"properties":{"const":{"type":"string"},"not":{"type":"string"}}}
        empty branches  | {"properties":{"a":true},"anyOf":[{"required":["a"]}]}      | {"properties":{"a":true}}
        """)
    void trim_schema_losesOnlyRefusedWords(String name, String schema, String trimmed) {
        JsonNode tree = Json.parse(schema).orElseThrow();

        assertThat(Json.text(SchemaTrim.trim(tree))).isEqualTo(trimmed);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        types in capitals  | {"type":"OBJECT","properties":{"type":{"type":"STRING"}}} | {"type":"object","properties":{"type":{"type":"string"}}}
        nullable           | {"type":"STRING","nullable":true}                         | {"type":["string","null"]}
        nullable enum      | {"type":"STRING","format":"enum","enum":["a"],"nullable":true} | {"type":["string","null"],"enum":["a",null]}
        nullable union     | {"any_of":[{"type":"STRING"},{"type":"INTEGER"}],"nullable":true} | {"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}
        counts as texts    | {"type":"ARRAY","min_items":"1","maxItems":"2","items":{"type":"NUMBER"}} | {"type":"array","minItems":1,"maxItems":2,"items":{"type":"number"}}
        unspecified        | {"type":"TYPE_UNSPECIFIED","nullable":false}              | {}
        """)
    void toJsonSchema_googleSchema_saysTheSame(String name, String schema, String expected) {
        JsonNode tree = Json.parse(schema).orElseThrow();

        assertThat(Json.text(OpenApiSchema.toJsonSchema(tree))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        J5 number          | {"properties":{"n":{"enum":[1,2.50]}}}               | {"n":"2.50"}    | {"n":2.50}
        truth value        | {"properties":{"b":{"const":true}}}                  | {"b":"true"}    | {"b":true}
        inside arrays      | {"properties":{"l":{"items":{"enum":[1]}}}}          | {"l":["1","x"]} | {"l":[1,"x"]}
        behind a reference | {"properties":{"n":{"$ref":"#/$defs/e"}},"$defs":{"e":{"enum":[7]}}} | {"n":"7"} | {"n":7}
        in an alternative  | {"properties":{"n":{"anyOf":[{"enum":[7]},{"type":"null"}]}}} | {"n":"7"} | {"n":7}
        texts stay         | {"properties":{"s":{"enum":["1"]}}}                  | {"s": "1"}      | {"s": "1"}
        J9 data stays      | {"properties":{"o":{"type":"object"}}}               | {"o":{"$schema":"x","additionalProperties":false}} | {"o":{"$schema":"x","additionalProperties":false}}
        """)
    void restore_arguments_haveTheirTypesBack(String name, String schema, String arguments, String restored) {
        assertThat(new EnumValues(new RawJson(schema)).restore(arguments)).isEqualTo(restored);
    }
}
