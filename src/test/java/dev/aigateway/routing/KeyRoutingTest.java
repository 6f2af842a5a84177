package dev.aigateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.routing.state.KeyId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of a provider's keys serve a name, and as what they are known. */
class KeyRoutingTest {
    private static final String KEYS = """
            providers:
              - name: p
                type: openai
                models: [ m, n ]
                weight: 4
                api-keys:
                  - k0
                  - { key: k1, models: [ n, "only-*" ] }
                  - { key: k2, excluded-models: [ m ], base-url: "http://127.0.0.1:9/v1" }
                  - { key: k3, disabled: true, prefix: gone }
                  - { key: k4, prefix: team, model-mapping: { m: m-team }, weight: 2 }
              - { name: q, type: openai, api-keys: [ { key: k0, prefix: team, models: [] } ] }
              - { name: none, type: openai, api-keys: [ { key: k, disabled: true } ], models: [ m, lost ] }
            """;

    private final ModelIndex index = new ModelIndex(Configurations.of(KEYS));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m | p0 m, p4 m-team",
                "n | p0 n, p1 n, p2 n, p4 n",
                "only-x | p1 only-x",
                "p,n | p0 n, p1 n, p2 n, p4 n",
                "p,m | p0 m, p4 m-team",
                "team/m | p4 m-team",
                "team/x | q0 x",
                "x | q0 x",
                "gone/m | ''",
                "lost | q0 lost"
            })
    void key_thatDoesNotFit_isLeftOut(String asked, String served) {
        assertThat(Served.byKey(index.resolve(asked))).isEqualTo(served);
    }

    @Test
    void candidate_hasTheSettingsOfItsKey() {
        Offer offer = index.resolve("n").tiers().getFirst().getFirst();
        assertThat(offer.provider()).isEqualTo("p");
        assertThat(offer.share().weight()).isEqualTo(4);
        assertThat(offer.candidates())
                .extracting(candidate -> candidate.provider().share().weight())
                .containsExactly(1, 1, 1, 2);
        Candidate third = offer.candidates().get(2);
        assertThat(third.key()).contains(Secret.of("k2"));
        assertThat(third.provider().baseUrl()).isEqualTo(URI.create("http://127.0.0.1:9/v1"));
        assertThat(third.label()).isEqualTo("p/n");
    }

    @Test
    void keyId_isThatOfTheKey_whereverItStands() {
        List<Candidate> before = keys("[ one, two ]");
        List<Candidate> after = keys("[ { key: two, weight: 2 }, one ]");
        assertThat(after.getFirst().id()).isEqualTo(before.getLast().id());
        assertThat(after.getLast().id()).isEqualTo(before.getFirst().id());
        assertThat(before.getFirst().id()).isNotEqualTo(before.getLast().id());
        // The beginning of what sha256sum says of "one".
        assertThat(before.getFirst().id()).isEqualTo(new KeyId("p", "7692c3ad3540bb80"));
        assertThat(before.getFirst().id()).hasToString("p");
        assertThat(keys("[]").getFirst().id()).isEqualTo(new KeyId("p", ""));
    }

    /** The same key at two providers can fail at one and serve at the other. */
    @Test
    void keyId_ofTheSameKeyElsewhere_isAnother() {
        assertThat(KeyId.of("p", Optional.of(Secret.of("k")))).isNotEqualTo(KeyId.of("q", Optional.of(Secret.of("k"))));
    }

    @Test
    void provider_withoutKeys_isOfferedAsItIs() {
        ProviderConfig provider = Configurations.provider("name: local, type: openai, models: [ m ]");
        Candidate candidate = new ModelIndex(
                        Configurations.of("providers: [ { name: local, type: openai, models: [ m ] } ]"))
                .resolve("m")
                .tiers()
                .getFirst()
                .getFirst()
                .candidates()
                .getFirst();
        assertThat(candidate).isEqualTo(Candidates.of(provider, "m"));
    }

    private static List<Candidate> keys(String keys) {
        return new ModelIndex(Configurations.of("providers: [ { name: p, type: openai, api-keys: " + keys + " } ]"))
                .resolve("m")
                .tiers()
                .getFirst()
                .getFirst()
                .candidates();
    }
}
