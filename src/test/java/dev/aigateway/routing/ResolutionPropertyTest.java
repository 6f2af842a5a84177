package dev.aigateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.Glob;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any name and any configuration; both are made of few words, so that they often meet. */
class ResolutionPropertyTest {
    private static final Glob EXCLUDED = new Glob("*-x");

    /** The same configuration read twice is a restart. */
    @Property(tries = 200, seed = "20260101")
    void resolution_ofTheSame_isTheSame(
            @ForAll("configurations") String configuration, @ForAll("names") List<String> names) {
        ModelIndex first = index(configuration);
        ModelIndex second = index(configuration);
        for (String name : names) {
            assertThat(second.resolve(name)).isEqualTo(first.resolve(name));
            assertThat(first.resolve(name, provider -> true)).isEqualTo(first.resolve(name));
        }
        assertThat(second.models()).isEqualTo(first.models());
    }

    @Property(tries = 200, seed = "20260101")
    void candidates_neverAskForWhatIsExcluded_orOtherwiseThanByTheBareName(
            @ForAll("configurations") String configuration, @ForAll("names") List<String> names) {
        ModelIndex index = index(configuration);
        for (String name : names) {
            Resolution resolution = index.resolve(name);
            assertThat(resolution.tiers().isEmpty()).isEqualTo(resolution.rule() == Rule.NOBODY);
            assertThat(resolution.tiers()).noneMatch(List::isEmpty);
            assertThat(candidates(resolution)).allSatisfy(candidate -> {
                assertThat(EXCLUDED.matches(candidate.model())).isFalse();
                assertThat(candidate.provider().disabled()).isFalse();
                assertThat(candidate.model())
                        .doesNotContain(",")
                        .doesNotStartWith("t0/")
                        .doesNotStartWith("t1/");
            });
        }
    }

    /** An explicit name reaches whom it names, or nobody. */
    @Property(tries = 200, seed = "20260101")
    void candidates_ofAnExplicitName_areThoseThatItNames(
            @ForAll("configurations") String configuration, @ForAll("models") String model) {
        ModelIndex index = index(configuration);
        assertThat(candidates(index.resolve("p1," + model)))
                .allMatch(candidate -> candidate.provider().name().equals("p1"));
        assertThat(candidates(index.resolve("t1/" + model)))
                .allMatch(candidate ->
                        candidate.provider().models().prefix().orElse("").equals("t1/"));
    }

    @Property(tries = 100, seed = "20260101")
    void models_areAllServed_eachOnce(@ForAll("configurations") String configuration) {
        ModelIndex index = index(configuration);
        List<String> names = index.models().stream().map(ServedModel::name).toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(names).noneMatch(name -> index.resolve(name).tiers().isEmpty());
    }

    @Provide
    Arbitrary<String> models() {
        return Arbitraries.of("a", "b", "a-x", "gpt-a", "claude-b", "c");
    }

    @Provide
    Arbitrary<List<String>> names() {
        Arbitrary<String> begin = Arbitraries.of("", "", "", "t0/", "t1/", "p0/", "p1/", "p0,", "p1,", "p9,");
        return Combinators.combine(begin, models()).as(String::concat).list().ofMaxSize(20);
    }

    /** All exclude the same, so that nobody may ever be asked for it; both prefixes are known, be it to the disabled. */
    @Provide
    Arbitrary<String> configurations() {
        return Combinators.combine(provider(), Arbitraries.of("false", "true"), mapping())
                .as((list, forced, mapping) -> {
                    StringBuilder text = new StringBuilder("providers:\n");
                    for (int i = 0; i < list.size(); i++) {
                        text.append("  - { name: p%d, %s }\n"
                                .formatted(i, list.get(i).formatted(i)));
                    }
                    text.append("  - { name: off, type: openai, disabled: true, ")
                            .append("api-keys: [ { key: k, prefix: t0 }, { key: l, prefix: t1 } ] }\n");
                    return text + "routing: { force-model-prefix: " + forced + " }\n" + mapping;
                });
    }

    private Arbitrary<String> mapping() {
        return Arbitraries.of(
                "", "model-mapping: { a: b }\n", "model-mapping: { '*': a, b: 'p1,a' }\n", "default-model: a\n");
    }

    private Arbitrary<List<String>> provider() {
        Arbitrary<String> entry =
                Arbitraries.of("a", "b", "a-x", "{ id: c, alias: a }", "{ id: a-x, alias: b }", "'gpt*'");
        Arbitrary<String> listed =
                entry.list().ofMaxSize(3).map(entries -> entries.stream().collect(Collectors.joining(", ", "[", "]")));
        Arbitrary<String> more = Arbitraries.of(
                "",
                "",
                ", prefix: t%d",
                ", disabled: true",
                ", model-mapping: { a: b }",
                ", api-keys: [ k, { key: l, prefix: t1 } ]");
        return Combinators.combine(Arbitraries.of("openai", "anthropic"), listed, more)
                .as((type, models, rest) ->
                        "type: " + type + ", models: " + models + ", excluded-models: [ '*-x' ]" + rest)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static List<Candidate> candidates(Resolution resolution) {
        return resolution.tiers().stream()
                .flatMap(List::stream)
                .flatMap(offer -> offer.candidates().stream())
                .toList();
    }

    private static ModelIndex index(String configuration) {
        GatewayConfig config = Configurations.of(configuration);
        return new ModelIndex(config);
    }
}
