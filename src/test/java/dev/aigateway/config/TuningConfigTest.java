package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.CloakConfig.Mode;
import dev.aigateway.config.CloakConfig.Preset;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests to a provider are changed, as it is written and as it is refused. */
class TuningConfigTest {
    @TempDir
    Path directory;

    private Loading loading;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
    }

    @Test
    void nothing_isChangedByDefault() {
        assertThat(tuning("")).isEqualTo(TuningConfig.DEFAULT);
        assertThat(TuningConfig.DEFAULT)
                .isEqualTo(new TuningConfig(Optional.empty(), OptionalInt.empty(), Set.of(), Optional.empty()));
        assertThat(tuning("cloak: { preset: claude-code }").cloak())
                .contains(new CloakConfig(Preset.CLAUDE_CODE, Mode.AUTO, false, List.of(), false, Map.of()));
    }

    @Test
    void everyKey_isRead() {
        assertThat(tuning("""
                temperature: 0.70
                default-max-tokens: 8192
                quirks: [ top-k, no-stream-options, tool-images, MAX-COMPLETION-TOKENS ]
                cloak:
                  preset: claude-code-sdk
                  mode: always
                  strict: true
                  sensitive-words: [ proxy, "größe" ]
                  cache-user-id: true
                  headers: { X-App: other }
                """))
                .isEqualTo(new TuningConfig(
                        Optional.of(new BigDecimal("0.70")),
                        OptionalInt.of(8192),
                        Set.of(
                                QuirkName.TOP_K,
                                QuirkName.NO_STREAM_OPTIONS,
                                QuirkName.TOOL_IMAGES,
                                QuirkName.MAX_COMPLETION_TOKENS),
                        Optional.of(new CloakConfig(
                                Preset.CLAUDE_CODE_SDK,
                                Mode.ALWAYS,
                                true,
                                List.of("proxy", "größe"),
                                true,
                                Map.of("X-App", "other")))));
    }

    @Test
    void key_hasItsOwnBeforeThoseOfItsProvider() {
        ProviderConfig provider = loading.yaml("""
                        providers:
                          - type: anthropic
                            temperature: 0.7
                            default-max-tokens: 100
                            cloak: { preset: claude-code, mode: always }
                            api-keys: [ k1, { key: k2, temperature: 0.1, cloak: { mode: never } } ]
                        """).config().providers().getFirst();
        assertThat(provider.keys().getFirst().settings().tuning()).isEqualTo(provider.tuning());
        TuningConfig own = provider.keys().getLast().settings().tuning();
        assertThat(own.temperature()).contains(new BigDecimal("0.1"));
        assertThat(own.defaultMaxTokens()).hasValue(100);
        assertThat(own.cloak()).map(CloakConfig::mode).contains(Mode.NEVER);
        assertThat(own.cloak()).map(CloakConfig::preset).contains(Preset.CLAUDE_CODE);
    }

    @Test
    void sensitiveWord_ofOneCharacter_isLeftOutWithAWarning() {
        TuningConfig tuning = tuning("cloak: { preset: claude-code, sensitive-words: [ a, 😀, ab ] }");
        assertThat(tuning.cloak().orElseThrow().sensitiveWords()).containsExactly("ab");
        assertThat(loading.warnings())
                .containsExactly(
                        "application.yaml:5: providers[0].cloak.sensitive-words[0] is left out: words have at least two characters",
                        "application.yaml:5: providers[0].cloak.sensitive-words[1] is left out: words have at least two characters");
    }

    @Test
    void cloak_inLogs_hidesHeadersAndWords() {
        assertThat(tuning("cloak: { preset: claude-code, sensitive-words: [ hidden ], headers: { x-a: hidden } }"))
                .asString()
                .contains("x-a")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anthropic | temperature: hot | .temperature must be a number from 0 to 2",
                "anthropic | temperature: 2.1 | .temperature must be a number from 0 to 2",
                "anthropic | temperature: -0.1 | .temperature must be a number from 0 to 2",
                "anthropic | default-max-tokens: 0 | .default-max-tokens must be a whole number from 1 to 100000000",
                "openai | quirks: [ topk ] | .quirks[0] must be one of max-completion-tokens, developer-role, tool-images, reasoning-content-back, top-k, no-stream-options, custom-tools, hosted-tools; did you mean 'top-k'?",
                "anthropic | cloak: { mode: always } | .cloak needs a preset, such as claude-code",
                "anthropic | cloak: { preset: claude } | .cloak.preset must be one of claude-code, claude-code-headers, claude-code-sdk",
                "anthropic | cloak: { preset: claude-code, mode: sometimes } | .cloak.mode must be one of auto, always, never",
                "anthropic | cloak: { preset: claude-code, headers: { x-api-key: a } } | .cloak.headers.x-api-key is a header that the gateway sets itself; API keys belong to api-keys",
                "openai | cloak: { preset: claude-code } | ' has a cloak, which only providers of type anthropic take'"
            })
    void value_thatIsWrong_isRefusedWithItsPlace(String type, String yaml, String message) {
        assertThat(loading.yaml("providers: [ { type: %s, api-keys: [ k ], %s } ]".formatted(type, yaml))
                        .problems())
                .containsExactly("application.yaml:2: providers[0]" + message);
    }

    private TuningConfig tuning(String yaml) {
        return loading.yaml("providers:\n  - type: anthropic\n    api-keys: [ k ]\n" + yaml.indent(4))
                .config()
                .providers()
                .getFirst()
                .tuning();
    }
}
