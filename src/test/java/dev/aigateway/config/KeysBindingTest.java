package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key's own settings lie over those of its provider. */
class KeysBindingTest {
    private static final String PROVIDER = """
            providers:
              - name: p
                type: openai
                base-url: http://127.0.0.1:1/v1
                prefix: all
                models: [ m, n ]
                excluded-models: [ x ]
                model-mapping: { m: m-1 }
                headers: { x-team: search, x-other: o }
                weight: 5
                priority: 3
                max-concurrent: 9
                max-concurrent-per-key: 2
                must-stream: true
                serves: [ audio ]
                api-keys:
            """;

    @TempDir
    Path directory;

    private Loading loading;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
    }

    @Test
    void key_withoutSettings_hasThoseOfTheProvider_butForItsShare() {
        for (String entry : List.of("k", "{ key: k }")) {
            KeyConfig key = key(entry);
            ProviderConfig provider = loading.config().providers().getFirst();
            assertThat(key.secret()).isEqualTo(Secret.of("k"));
            assertThat(key.name()).isEmpty();
            assertThat(key.disabled()).isFalse();
            assertThat(key.settings())
                    .isEqualTo(
                            provider.withKeys(List.of()).withShare(new ShareConfig(1, ShareConfig.NO_PRIORITY, 9, 2)));
        }
    }

    @Test
    void key_withSettings_hasThem() {
        KeyConfig key = key("""
                { key: k, name: k-of-a, base-url: "http://127.0.0.1:2/v1", prefix: teamA, models: [ o ], \
                weight: 7, priority: 0, max-concurrent: 4, disabled: true, must-stream: false, serves: [ images ], \
                excluded-models: [ y ] }""");
        assertThat(key.name()).contains("k-of-a");
        assertThat(key.disabled()).isTrue();
        ProviderConfig settings = key.settings();
        assertThat(settings.name()).isEqualTo("p");
        assertThat(settings.keys()).isEmpty();
        assertThat(settings.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:2/v1"));
        assertThat(settings.models().prefix()).contains("teamA/");
        assertThat(settings.models().listed()).containsExactly(ModelConfig.of("o"));
        assertThat(settings.models().excluded()).containsExactly(new Glob("y"));
        assertThat(settings.share()).isEqualTo(new ShareConfig(7, 0, 9, 4));
        assertThat(settings.wire().mustStream()).isFalse();
        assertThat(settings.serves()).containsExactly(Service.IMAGES);
    }

    @Test
    void key_withGroups_addsToThoseOfTheProvider() {
        ProviderConfig settings = key("{ key: k, headers: { x-team: ads }, model-mapping: { n: n-1 } }")
                .settings();
        assertThat(settings.link().headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of("x-team", "ads", "x-other", "o"));
        assertThat(settings.models().mapping()).containsExactlyInAnyOrderEntriesOf(Map.of("m", "m-1", "n", "n-1"));
    }

    @Test
    void key_leavesTheProviderAndOtherKeysAlone() {
        key("{ key: k, base-url: \"http://127.0.0.1:2/v1\", headers: { x-team: ads } }", "j");
        ProviderConfig provider = loading.config().providers().getFirst();
        assertThat(provider.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:1/v1"));
        assertThat(provider.keys().getLast().settings().link().headers()).containsEntry("x-team", "search");
    }

    @Test
    void keys_inVariables_canHaveSettings() {
        List<KeyConfig> keys = loading.yaml("providers: [ { name: p, type: openai, models: [ m ] } ]")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_0_KEY", "k1")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_0_PREFIX", "teamA")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_0_MODELS", "a,b")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_0_HEADERS", "{x-team: ads}")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_1", "k2")
                .config()
                .providers()
                .getFirst()
                .keys();
        assertThat(keys).extracting(KeyConfig::secret).containsExactly(Secret.of("k1"), Secret.of("k2"));
        assertThat(keys.getFirst().settings().models().prefix()).contains("teamA/");
        assertThat(keys.getFirst().settings().models().listed())
                .containsExactly(ModelConfig.of("a"), ModelConfig.of("b"));
        assertThat(keys.getFirst().settings().link().headers()).containsExactly(Map.entry("x-team", "ads"));
        assertThat(keys.getLast().settings().models().listed()).containsExactly(ModelConfig.of("m"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ key: k, prefx: t } | .prefx is not a known key; did you mean 'prefix'?",
                "{ key: k, wieght: 2 } | .wieght is not a known key; did you mean 'weight'?",
                "{ key: k, headers: { Authorization: x } } | .headers.Authorization is a header that the gateway sets itself; API keys belong to api-keys",
                "{ key: k, weight: 0 } | .weight must be a whole number from 1 to 1000000",
                "{ key: k, disabled: perhaps } | .disabled must be true or false",
                "{ key: k, base-url: nowhere } | .base-url must be an http or https URL, such as https://api.example.com/v1",
                "{ key: k, models: m } | .models must be a list, such as [a, b]",
                "{ key: k, name: a b } | .name must be a name of letters, digits, '.', '_' and '-'",
                "{ prefix: t } | ' needs a key or a file'",
                "{ key: k, file: some.json } | ' has both a key and a file; remove one of the two'",
                "{ file: '' } | .file must not be empty",
                "{ file: [ a ] } | .file must be one value, not a list",
                "{ fil: some.json, key: k } | .fil is not a known key; did you mean 'file'?",
                "{ key: '' } | .key must not be an empty key; remove the entry or give it a value"
            })
    void setting_thatIsWrong_isReportedAtItsKey(String entry, String message) {
        assertThat(problems(entry)).containsExactly("application.yaml:3: providers[0].api-keys[0]" + message);
    }

    @Test
    void variable_ofAKey_thatIsUnknown_isRefusedWithTheNearest() {
        loading.yaml("providers: [ { name: p, type: openai } ]")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_0_KEY", "k")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_0_PREFX", "t");
        assertThat(loading.problems())
                .containsExactly("environment variable AI_PROXY_PROVIDERS_0_API_KEYS_0_PREFX: is not a known setting;"
                        + " did you mean 'AI_PROXY_PROVIDERS_0_API_KEYS_0_PREFIX'?");
    }

    private KeyConfig key(String... entries) {
        StringBuilder keys = new StringBuilder();
        for (String entry : entries) {
            keys.append("      - ").append(entry).append('\n');
        }
        return loading.yaml(PROVIDER + keys)
                .config()
                .providers()
                .getFirst()
                .keys()
                .getFirst();
    }

    private List<String> problems(String entry) {
        return loading.yaml("providers:\n  - { name: p, type: openai, api-keys: [ " + entry + " ] }\n")
                .problems();
    }
}
