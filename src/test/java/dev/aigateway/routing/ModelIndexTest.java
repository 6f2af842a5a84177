package dev.aigateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.Service;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who serves which name; the numbers are those of the behaviour specification, sections 14 and 17.6. */
class ModelIndexTest {
    private static final String TWO = """
            providers:
              - { name: p1, type: openai, models: [ m-a, both ] }
              - { name: p2, type: openai, models: [ m-b, both, "x-*" ] }
            """;
    private static final String TWO_MAPPED = TWO + """
            default-model: m-a
            model-mapping: { m-b: m-a, "*": m-a }
            """;
    private static final String TEAMS = """
            providers:
              - { name: a, type: openai, prefix: teamA, models: [ m, "g-*" ] }
              - { name: b, type: openai, prefix: teamB/, models: [ m ] }
              - { name: any, type: openai }
            """;
    private static final String FORCED = TEAMS + "routing: { force-model-prefix: true }\n";
    private static final String NESTED = """
            providers:
              - { name: short, type: openai, prefix: t }
              - { name: long, type: openai, prefix: t/u, models: [ m ] }
            """;
    private static final String LISTS = """
            providers:
              - { name: any, type: openai }
              - name: own
                type: openai
                models: [ { id: gpt-4.1-mini, alias: mini }, "gpt-4*", { id: big-1, alias: "big*" }, { id: "q-*", alias: "r-*" } ]
                excluded-models: [ "*-preview", secret ]
            """;
    private static final String MAPPINGS = """
            model-mapping: { claude-3: m-a, "claude-*": m-b, "claude-op*": both, "*": p1/m-a, loop-1: loop-2, loop-2: m-a }
            """ + TWO;
    private static final String OWN = """
            providers:
              - { name: p1, type: openai, models: [ m, { id: i, alias: n } ], model-mapping: { m: m-one, extra: e } }
              - { name: p2, type: openai, model-mapping: { m: m-two } }
            """;
    private static final String FAMILIES = """
            providers:
              - { name: o, type: openai }
              - { name: r, type: responses }
              - { name: a, type: anthropic }
              - { name: g, type: gemini, api-keys: [ k ] }
            """;
    private static final String OFF = """
            providers:
              - { name: off, type: openai, prefix: t, models: [ m, "p*" ], disabled: true }
              - { name: any, type: openai }
            """;
    private static final String POOL = """
            providers:
              - { name: p, type: openai, models: [ { id: i1, alias: n }, { id: i2, alias: n }, { id: n2, alias: n1 }, { id: n1, alias: n2 } ] }
            """;
    private static final String ROUTER = """
            default-model: m
            model-mapping: { "*": m }
            providers:
              - { name: openai, models: [ m ] }
              - { name: router, type: openai, models: [ "openai/*", vendor/model ] }
              - { name: any, type: openai }
            """;

    static Stream<Arguments> cases() {
        return Stream.of(
                of("107, X-04: a provider by name", TWO, "p2,m-b", "p2 m-b"),
                of("107, X-04: no mapping touches it", TWO_MAPPED, "p2,m-b", "p2 m-b"),
                of("107: a model of several, at one", TWO_MAPPED, "p2,both", "p2 both"),
                of("107: what it does not list", TWO_MAPPED, "p2,m-a", "nobody"),
                of("107: a pattern of it", TWO, "p2,x-1", "p2 x-1"),
                of("107: its own id", OWN, "p2,m", "p2 m-two"),
                of("107: the id of an alias", OWN, "p1,n", "p1 i"),
                of("107: a model with a comma", OWN, "p2,a,b", "p2 a,b"),
                of("107: no model", OWN, "p2,", "nobody"),
                of("107: with a prefix that is forced", FORCED, "a,m", "a m"),
                of("107: with a prefix twice", FORCED, "a,teamA/m", "a m"),
                of("108: an unknown provider", TWO, "p3,m-b", "nobody"),
                of("108: an unknown provider, mappings", TWO_MAPPED, "p3,m-b", "nobody"),
                of("108: an unknown provider, one takes any", OWN, "p3,m", "nobody"),
                of("109, R-09: a prefix", TEAMS, "teamA/m", "a m"),
                of("109, R-09: the other prefix", TEAMS, "teamB/m", "b m"),
                of("109, R-09: a prefix and a pattern", TEAMS, "teamA/g-1", "a g-1"),
                of("109, R-09: nobody else sees a prefix", TEAMS, "teamB/g-1", "nobody"),
                of("109: no prefix", TEAMS, "m", "a m, b m"),
                of("109: an unknown prefix", TEAMS, "teamC/m", "any teamC/m"),
                of("109: a prefix alone", NESTED, "t/", "nobody"),
                of("109: the longer prefix", NESTED, "t/u/m", "long m"),
                of("109: the shorter prefix, where the longer has nothing", NESTED, "t/u/n", "short u/n"),
                of("111, R-09: a forced prefix", FORCED, "teamA/m", "a m"),
                of("111, R-09: without it", FORCED, "m", "any m"),
                of("111, R-09: without it, by pattern", FORCED, "g-1", "any g-1"),
                of("112: an alias", LISTS, "mini", "own gpt-4.1-mini"),
                of("112: the id behind it", LISTS, "gpt-4.1-mini", "own gpt-4.1-mini"),
                of("112: an alias pattern of an id", LISTS, "big-blue", "own big-1"),
                of("112: an alias pattern of an id pattern", LISTS, "r-2", "own r-2"),
                of("112: the id pattern behind it", LISTS, "q-2", "own q-2"),
                of("112: one alias of two", POOL, "n", "p i1, p i2"),
                of("112: an alias before an id", POOL, "n1", "p n2"),
                of("113: mapped by name", MAPPINGS, "claude-3", "p1 m-a"),
                of("113: mapped by pattern", MAPPINGS, "claude-4", "p2 m-b"),
                of("113: mapped by the longer pattern", MAPPINGS, "claude-opus", "p1 both, p2 both"),
                of("113: mapped by star, to a path", MAPPINGS, "whatever", "p1 m-a"),
                of("113: mapped once", MAPPINGS, "loop-1", "nobody"),
                of("113: listed names before patterns", MAPPINGS, "m-b", "p2 m-b"),
                of("113: listed patterns before those of mappings", MAPPINGS, "x-1", "p2 x-1"),
                of("113: keys before lists", TWO_MAPPED, "m-b", "p1 m-a"),
                of("114: unknown", TWO + "default-model: both", "zzz", "p1 both, p2 both"),
                of("114: no name", TWO + "default-model: both", "", "p1 both, p2 both"),
                of("114: a default that is mapped", TWO + "default-model: d\nmodel-mapping: { d: m-b }", "z", "p2 m-b"),
                of("114: a default that nobody has", TWO + "default-model: d", "z", "nobody"),
                of("114: the default itself", TWO + "default-model: d", "d", "nobody"),
                of("114, D-12: no default", TWO, "zzz", "nobody"),
                of("115: each its own id", OWN, "m", "p1 m-one, p2 m-two"),
                of("115: a key of the own mapping is listed", OWN, "extra", "p1 e"),
                of("116: who lists it", TWO, "m-b", "p2 m-b"),
                of("117, R-10: owners before those who take any", LISTS, "gpt-4.1", "own gpt-4.1"),
                of("117: any name", LISTS, "gpt-5", "any gpt-5"),
                of("117: no name is no name", LISTS, "", "nobody"),
                of("118: a pattern", LISTS, "gpt-4o", "own gpt-4o"),
                of("118: not a pattern's", "providers: [ { type: openai, models: [ 'gpt-4*' ] } ]", "gpt-5", "nobody"),
                of("X-13: no beginning is enough", TWO, "both-2", "nobody"),
                of("X-13: nor is part of a name", TWO, "bot", "nobody"),
                of("X-13: upper case is another name", TWO, "Both", "nobody"),
                of("119: excluded although listed", LISTS, "gpt-4-preview", "any gpt-4-preview"),
                of("119: excluded, asked of it", LISTS, "own,gpt-4-preview", "nobody"),
                of("120: disabled", OFF, "m", "any m"),
                of("120: disabled, asked of it", OFF, "off,m", "nobody"),
                of("120: disabled, its prefix", OFF, "t/m", "nobody"),
                of("120: disabled, its path", OFF, "off/m", "nobody"),
                of(
                        "121: claude elsewhere",
                        TWO + "model-mapping: { 'claude-*': both }",
                        "claude-x",
                        "p1 both, p2 both"),
                of("121, R-10: claude", FAMILIES, "claude-x", "a claude-x then o claude-x, r claude-x, g claude-x"),
                of("R-10: gemini", FAMILIES, "gemini-x", "g gemini-x then o gemini-x, r gemini-x, a gemini-x"),
                of("R-10: gpt", FAMILIES, "gpt-x", "o gpt-x, r gpt-x then a gpt-x, g gpt-x"),
                of("R-10: o3", FAMILIES, "o3", "o o3, r o3 then a o3, g o3"),
                of("R-10: no family", FAMILIES, "ollama", "o ollama, r ollama, a ollama, g ollama"),
                of("R-10: no provider of the family", TEAMS, "claude-x", "any claude-x"),
                of("D-11: an id with a slash", ROUTER, "vendor/model", "router vendor/model"),
                of("D-11: a provider's path", ROUTER, "openai/m", "openai m"),
                of("D-11: a path that a pattern lists", ROUTER, "openai/n", "router openai/n"),
                of("D-11: a path is not mapped", ROUTER, "any/m", "any m"),
                of("D-11: a path is not mapped, nor anybody's", ROUTER, "router/n", "nobody"));
    }

    private static Arguments of(String what, String configuration, String asked, String served) {
        return Arguments.of(what, configuration, asked, served);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void name_asked_isServedBy(String what, String configuration, String asked, String served) {
        assertThat(Served.by(index(configuration).resolve(asked))).as(what).isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "m-b | LISTED | m-b | 'm-b' is listed by name",
                "x-1 | PATTERN | x-1 | 'x-1' is listed by a pattern",
                "p2,m-b | NAMED_PROVIDER | p2,m-b | 'p2,m-b' means 'm-b' at the provider 'p2'",
                "p2/m-b | PROVIDER_PATH | p2/m-b | 'p2/m-b' means 'm-b' at the provider 'p2'",
                "claude-3 | LISTED | m-a | 'claude-3' is mapped to 'm-a' by model-mapping; 'm-a' is listed by name",
                "claude-4 | LISTED | m-b | 'claude-4' is mapped to 'm-b' by 'claude-*' in model-mapping; 'm-b' is listed by name",
                "p1,zz | NOBODY | p1,zz | 'p1,zz' means 'zz' at the provider 'p1'; nobody serves 'p1,zz'",
                "loop-1 | NOBODY | loop-2 | 'loop-1' is mapped to 'loop-2' by model-mapping; nobody serves 'loop-1'"
            })
    void steps_tellWhatWasDone(String asked, Rule rule, String model, String steps) {
        Resolution resolution = index(MAPPINGS).resolve(asked);
        assertThat(resolution.asked()).isEqualTo(asked);
        assertThat(resolution.rule()).isEqualTo(rule);
        assertThat(resolution.model()).isEqualTo(model);
        assertThat(resolution.steps().stream().map(Step::text)).containsExactly(steps.split("; "));
    }

    @Test
    void steps_ofTheOtherRules_tellWhatWasDone() {
        assertThat(index(TEAMS).resolve("teamA/g-1").steps())
                .extracting(Step::text)
                .containsExactly("'teamA/g-1' means 'g-1' at those with the prefix 'teamA/'");
        assertThat(index(TEAMS).resolve("z").steps())
                .extracting(Step::text)
                .containsExactly("'z' is listed nowhere; providers that list nothing take any name");
        Resolution standIn = index(TWO + "default-model: both").resolve("zzz");
        assertThat(standIn.steps())
                .extracting(Step::text)
                .containsExactly(
                        "nobody serves 'zzz'; the default-model 'both' takes its place", "'both' is listed by name");
        assertThat(standIn.model()).isEqualTo("both");
    }

    /** Such as forwarding, which few providers do: the others are not there, and the next rule has its turn. */
    @Test
    void able_leavesOutProviders_andTheRulesGoOn() {
        ModelIndex index = index("""
                providers:
                  - { name: lists, type: openai, models: [ m, "p*" ] }
                  - { name: audio, type: openai, serves: [ audio ] }
                """);
        assertThat(Served.by(index.resolve("m", provider -> provider.serves().contains(Service.AUDIO))))
                .isEqualTo("audio m");
        assertThat(Served.by(
                        index.resolve("lists,m", provider -> provider.serves().contains(Service.AUDIO))))
                .isEqualTo("nobody");
        assertThat(Served.by(index.resolve("m", provider -> false))).isEqualTo("nobody");
        assertThat(Served.by(index.resolve("m", provider -> true))).isEqualTo("lists m");
    }

    @Test
    void name_thatIsTooLong_isServedByNobody() {
        assertThat(Served.by(index(LISTS).resolve("a".repeat(1024)))).startsWith("any a");
        assertThat(Served.by(index(LISTS).resolve("a".repeat(1025)))).isEqualTo("nobody");
        assertThat(Served.by(index(TWO_MAPPED).resolve("a".repeat(1025)))).isEqualTo("nobody");
    }

    /** 123: not only the same set but the same order, from a new index as after a restart. */
    @Test
    void resolution_afterRestarts_isTheSame() {
        Resolution first = index(FAMILIES).resolve("claude-x");
        for (int restart = 0; restart < 10; restart++) {
            assertThat(index(FAMILIES).resolve("claude-x")).isEqualTo(first);
        }
    }

    private static ModelIndex index(String configuration) {
        return new ModelIndex(Configurations.of(configuration));
    }
}
