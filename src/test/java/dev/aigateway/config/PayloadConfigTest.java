package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.PayloadRule.Action;
import dev.aigateway.config.PayloadRule.ModelMatch;
import dev.aigateway.config.PayloadRule.Param;
import dev.aigateway.conversation.Dialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that change request bodies, as they are written and as they are refused. */
class PayloadConfigTest {
    @TempDir
    Path directory;

    private Loading loading;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
    }

    @Test
    void rules_areReadInTheOrderOfTheirApplication() {
        PayloadConfig payload = loading.yaml("""
                        payload:
                          filter:
                            - models: [ "o*" ]
                              params: [ top_k, metadata.user_id ]
                          override:
                            - models: [ { name: gpt-4o, protocol: responses }, mini ]
                              params: { "b.c": 2, a: 1 }
                          default:
                            - { models: [ "*" ], params: { temperature: 0.70 } }
                        """).config().payload();
        assertThat(payload.rules())
                .containsExactly(
                        new PayloadRule(
                                Action.DEFAULT,
                                List.of(new ModelMatch(new Glob("*"), Optional.empty())),
                                List.of(new Param(List.of("temperature"), Optional.of("0.70")))),
                        new PayloadRule(
                                Action.OVERRIDE,
                                List.of(
                                        new ModelMatch(new Glob("gpt-4o"), Optional.of(Dialect.RESPONSES)),
                                        new ModelMatch(new Glob("mini"), Optional.empty())),
                                List.of(
                                        new Param(List.of("a"), Optional.of("1")),
                                        new Param(List.of("b", "c"), Optional.of("2")))),
                        new PayloadRule(
                                Action.FILTER,
                                List.of(new ModelMatch(new Glob("o*"), Optional.empty())),
                                List.of(
                                        new Param(List.of("top_k"), Optional.empty()),
                                        new Param(List.of("metadata", "user_id"), Optional.empty()))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0.70 | 0.70",
                "-1e-5 | -1e-5",
                "12345678901234567890.10 | 12345678901234567890.10",
                "true | true",
                "~ | null",
                "null | null",
                "text | \"text\"",
                "\"0.70\" | \"0.70\"",
                "'true' | \"true\"",
                "007 | \"007\"",
                "no | \"no\"",
                "'a \"b\"\\c ü' | \"a \\\"b\\\"\\\\c ü\"",
                "[ 1, two, [ ], { } ] | [1,\"two\",[],{}]",
                "{ type: enabled, budget_tokens: 1024, x: ~ } | {\"type\":\"enabled\",\"budget_tokens\":1024,\"x\":null}",
            })
    void value_ofAnyKind_isExactJson(String yaml, String json) {
        assertThat(params(yaml)).containsExactly(new Param(List.of("p"), Optional.of(json)));
    }

    @Test
    void value_withAVariable_isWhatTheVariableSays() {
        loading.variable("HEAT", "0.5");
        assertThat(params("${HEAT}")).containsExactly(new Param(List.of("p"), Optional.of("0.5")));
    }

    @Test
    void params_inAVariable_areAGroup() {
        loading.variable("AI_PROXY_PAYLOAD_OVERRIDE_0_MODELS", "a,b")
                .variable("AI_PROXY_PAYLOAD_OVERRIDE_0_PARAMS", "{ temperature: 0.70, stop: [ '1' ] }");
        assertThat(loading.config().payload().rules().getFirst().params())
                .containsExactly(
                        new Param(List.of("stop"), Optional.of("[\"1\"]")),
                        new Param(List.of("temperature"), Optional.of("0.70")));
    }

    @ParameterizedTest
    @CsvSource({
        "a,a",
        "a.b.0.c,a b 0 c",
        "stop.-1,stop -1",
        "a\\.b.c,a.b c",
        "a\\\\b,a\\b",
        "x\\*,x*",
        "generation_config.x-y,generation_config x-y"
    })
    void path_isNamesWithDotsBetween(String path, String names) throws BadValueException {
        assertThat(FieldPath.parse(path)).containsExactly(names.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a..b | did you mean 'a.b'?",
                "a. | did you mean 'a'?",
                "$.temperature | did you mean 'temperature'?",
                "/a/b | did you mean 'a.b'?",
                "messages[0].role | did you mean 'messages.0.role'?",
                "tools.#.strict | ",
                "a.* | ",
                "a\\ | "
            })
    void path_ofAnotherLanguage_isRefusedWithASuggestion(String path, String hint) {
        String problem = "application.yaml:5: payload.override[0].params." + path
                + " must be names with dots between them, such as generationConfig.temperature or tools.0.strict,"
                + " with \\. for a dot that belongs to a name";
        assertThat(loading.yaml("""
                        payload:
                          override:
                            - models: [ "*" ]
                              params: { '%s': 1 }
                        """.formatted(path)).problems())
                .containsExactly(problem + (hint == null ? "" : "; " + hint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "override: [ { params: { a: 1 } } ] | override[0] needs models; [ \"*\" ] means all",
                "override: [ { models: [ a ] } ] | override[0] needs params, a group of path: value such as { temperature: 0.7 }",
                "override: [ { models: [ a ], params: [ a ] } ] | override[0].params must be a group of path: value, such as { temperature: 0.7 }",
                "filter: [ { models: [ a ] } ] | filter[0] needs params, a list of paths such as [ top_k, metadata.user_id ]",
                "filter: [ { models: [ a ], params: { a: 1 } } ] | filter[0].params must be a list, such as [a, b]",
                "filter: [ { models: [ a ], params: [ 'a[0]' ] } ] | filter[0].params[0] must be names with dots between them, such as generationConfig.temperature or tools.0.strict, with \\. for a dot that belongs to a name",
                "default: [ { models: [ { protocol: openai } ], params: { a: 1 } } ] | default[0].models[0] needs a name; \"*\" means any",
                "default: [ { models: [ { name: a, protocol: calude } ], params: { a: 1 } } ] | default[0].models[0].protocol must be one of anthropic, chat, claude, gemini, messages, openai, openai-compat, responses; did you mean 'claude'?",
                "default: [ { models: [ { name: a, protcol: claude } ], params: { a: 1 } } ] | default[0].models[0].protcol is not a known key; did you mean 'protocol'?",
                "default: [ { models: [ a ], params: { a: '${UNSET}' } } ] | default[0].params.a needs the variable UNSET, which is not set; set it or give a default: ${UNSET:default}",
                "defaults: [] | defaults is not a known key; did you mean 'default'?"
            })
    void rule_thatIsWrong_isRefusedWithItsPlace(String payload, String message) {
        assertThat(loading.yaml("payload: { " + payload + " }").problems())
                .containsExactly("application.yaml:2: payload." + message);
    }

    private List<Param> params(String value) {
        return loading.yaml("payload:\n  override:\n    - models: [ \"*\" ]\n      params:\n        p: " + value)
                .config()
                .payload()
                .rules()
                .getFirst()
                .params();
    }
}
