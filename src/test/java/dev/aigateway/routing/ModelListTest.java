package dev.aigateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import java.util.List;
import org.junit.jupiter.api.Test;

/** the list of models names what a client can really use, and nothing else. */
class ModelListTest {
    private static final String EVERYTHING = """
            model-mapping: { gpt-4: n, "old-*": n, dead: nowhere }
            providers:
              - name: p
                type: openai
                models: [ { id: i, alias: n }, m, "g-*", m-preview, { id: big-1, alias: "big*" } ]
                model-mapping: { small: tiny, n-preview: n }
                excluded-models: [ "*-preview" ]
              - { name: q, type: openai, models: [ m, { id: j, alias: k } ], prefix: team }
              - { name: off, type: openai, models: [ gone ], disabled: true }
            """;

    @Test
    void models_areTheNamesThatCanBeUsed_asConfigured() {
        assertThat(models(EVERYTHING))
                .containsExactly(
                        "n -> p i",
                        "m -> p m",
                        "big-1 -> p big-1",
                        "small -> p tiny",
                        "team/m -> q m",
                        "team/k -> q j",
                        "k -> q j",
                        "gpt-4 -> p i");
    }

    @Test
    void models_whenThePrefixIsForced_areNamedWithIt() {
        assertThat(models("routing: { force-model-prefix: true }\n" + EVERYTHING))
                .containsExactly(
                        "n -> p i",
                        "m -> p m",
                        "big-1 -> p big-1",
                        "small -> p tiny",
                        "team/m -> q m",
                        "team/k -> q j",
                        "gpt-4 -> p i");
    }

    @Test
    void models_ofSeveralProvidersAndKeys_areListedOnce() {
        assertThat(models("""
                        providers:
                          - { name: p, type: openai, models: [ m ], api-keys: [ a, { key: b, models: [ m, n ] } ] }
                          - { name: q, type: openai, models: [ n, m ] }
                        """)).containsExactly("m -> p m", "n -> p n");
    }

    /** What a mapping makes of a name counts, not who else lists it. */
    @Test
    void models_thatAreMapped_areThoseOfTheMapping() {
        assertThat(models("""
                        model-mapping: { m: n }
                        providers: [ { name: p, type: openai, models: [ m ] }, { name: q, type: openai, models: [ n ] } ]
                        """)).containsExactly("m -> q n", "n -> q n");
    }

    private static List<String> models(String configuration) {
        return new ModelIndex(Configurations.of(configuration))
                .models().stream()
                        .map(model -> model.name() + " -> " + model.provider().name() + " " + model.upstreamId())
                        .toList();
    }
}
