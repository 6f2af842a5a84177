package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload puts in force, what it leaves alone, and what it says. */
class ConfigReloaderTest {
    @TempDir
    Path directory;

    private Loading loading;
    private ReloadLogRecords log;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
        log = new ReloadLogRecords();
    }

    @AfterEach
    void end() {
        log.close();
    }

    @Test
    void change_isInForceAndTold() {
        ConfigReloader reloader = start("retry: { max-retries: 1 }");
        List<GatewayConfig> followed = new ArrayList<>();
        reloader.current().follow(followed::add);
        loading.yaml("retry: { max-retries: 5 }\ndefault-model: gpt-4o");
        assertThat(reloader.reload())
                .isEqualTo(new ReloadResult.Applied(
                        List.of("default-model added", "retry.max-retries 1 -> 5"), List.of()));
        assertThat(reloader.current().get().retry().maxRetries()).isEqualTo(5);
        assertThat(followed).hasSize(2).last().isSameAs(reloader.current().get());
        assertThat(log.lines())
                .containsExactly("INFO Configuration reloaded: default-model added; retry.max-retries 1 -> 5");
        assertThat(reloader.status()).isEqualTo(new ConfigReloader.Status(1, false));
    }

    @Test
    void nothingNew_isUnchanged_evenWhenItIsSaidInOtherWords() {
        ConfigReloader reloader = start("retry: { max-retries: 2 }");
        GatewayConfig before = reloader.current().get();
        loading.yaml("# the default says the same\nrequest-log: true");
        assertThat(reloader.reload()).isEqualTo(new ReloadResult.Unchanged(List.of()));
        assertThat(reloader.current().get()).isSameAs(before);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void badFile_changesNothing_andEveryProblemIsToldInOneRecord() {
        ConfigReloader reloader = start("default-model: one");
        GatewayConfig before = reloader.current().get();
        loading.yaml("default-model: two\nprot: 1\nrequest-log: maybe");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Refused.class);
        assertThat(reloader.current().get()).isSameAs(before);
        assertThat(reloader.status()).isEqualTo(new ConfigReloader.Status(0, true));
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR ")
                .contains("application.yaml:3: prot is not a known key")
                .contains("application.yaml:4: request-log must be true or false");
        loading.yaml("default-model: two");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Applied.class);
        assertThat(reloader.status()).isEqualTo(new ConfigReloader.Status(1, false));
    }

    @Test
    void secrets_areNeverTold() {
        ConfigReloader reloader = start(secrets("canary-old", "canary-old-and-more"));
        loading.yaml(secrets("canary-new-1", "canary-new-2-longer"));
        assertThat(((ReloadResult.Applied) reloader.reload()).changes())
                .containsExactly(
                        "access-keys[0] changed",
                        "providers.east.api-keys[0] changed",
                        "providers.east.api-keys[1].key changed",
                        "providers.east.base-url changed",
                        "providers.east.headers.x-token changed");
        loading.yaml("access-keys: [ canary-new-1, 'canary with space' ]");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Refused.class);
        assertThat(log.lines()).hasSize(2).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void keyInAFile_isToldLikeAnyOther() {
        String yaml = """
                providers:
                  - { name: p, type: openai, api-keys: [ k, { file: "%s" } ] }
                """.formatted(directory.resolve("key"));
        loading.file("key", "canary-1");
        ConfigReloader reloader = start(yaml);
        assertThat(reloader.files()).contains(directory.resolve("key"));
        loading.file("key", "{\"access_token\":\"canary-1\"}");
        assertThat(reloader.reload()).isEqualTo(new ReloadResult.Unchanged(List.of()));
        loading.file("key", "canary-2");
        assertThat(reloader.reload())
                .isEqualTo(new ReloadResult.Applied(List.of("providers.p.api-keys[1].key changed"), List.of()));
        loading.file("key", "canary 3");
        assertThat(reloader.reload())
                .isEqualTo(new ReloadResult.Applied(List.of("providers.p.api-keys[1].key removed"), List.of()));
        assertThat(reloader.current().get().providers().getFirst().keys()).hasSize(1);
        loading.file("key", "canary-3");
        assertThat(reloader.reload())
                .isEqualTo(new ReloadResult.Applied(List.of("providers.p.api-keys[1].key added"), List.of()));
        assertThat(log.lines())
                .hasSize(4)
                .noneMatch(line -> line.contains("canary"))
                .anyMatch(line -> line.startsWith("WARN ")
                        && line.contains("providers[0].api-keys[1].file gives no key, so that the entry is left out"));
    }

    /** The configuration is the same each time: without that key. */
    @Test
    void keyFile_thatIsOfNoUse_isToldAgain_whenTheReasonIsAnother() throws IOException {
        ConfigReloader reloader = start("providers: [ { name: p, type: openai, api-keys: [ k, { file: '%s' } ] } ]"
                .formatted(directory.resolve("key")));
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Unchanged.class);
        assertThat(log.lines()).as("told at the start").isEmpty();
        loading.file("key", "{\"access_token\":\"canary");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Unchanged.class);
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Unchanged.class);
        loading.file("key", "{\"access_token\":\"canary\",\"expired\":\"2020-01-01T00:00:00Z\"}");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Unchanged.class);
        Files.delete(directory.resolve("key"));
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Unchanged.class);
        String leftOut =
                "WARN application.yaml:2: providers[0].api-keys[1].file gives no key, so that the entry is left out: "
                        + directory.resolve("key");
        assertThat(log.lines())
                .containsExactly(
                        leftOut + " is not valid JSON",
                        leftOut + " holds a login that has expired",
                        leftOut + " does not exist");
    }

    /** What a key file was when somebody else had it read is known to the watch. */
    @Test
    void files_ofARefusedLoading_areRemembered() throws IOException {
        Path key = directory.resolve("key");
        ConfigReloader reloader = start("default-model: m");
        assertThat(reloader.taken()).isEqualTo(Fingerprints.of(reloader.files()));
        loading.yaml("providers: [ { type: gemini, api-keys: [ { file: '%s' } ] } ]".formatted(key));
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Refused.class);
        assertThat(reloader.files()).contains(key);
        assertThat(reloader.taken()).isEqualTo(Fingerprints.of(reloader.files()));
        Files.writeString(key, "k");
        assertThat(reloader.taken()).isNotEqualTo(Fingerprints.of(reloader.files()));
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Applied.class);
        loading.yaml("default-model: m2");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Applied.class);
        assertThat(reloader.files()).doesNotContain(key);
    }

    @Test
    void providers_areCalledByName_wherever_theyStand() {
        ConfigReloader reloader = start("""
                providers:
                  - { name: a, type: openai, api-keys: [ k ], weight: 2 }
                  - { name: b, type: demo }
                """);
        loading.yaml("""
                providers:
                  - { name: c, type: demo }
                  - { name: a, type: openai, api-keys: [ k, l ], weight: 3 }
                """);
        assertThat(((ReloadResult.Applied) reloader.reload()).changes())
                .containsExactly(
                        "providers.a.api-keys[1] added",
                        "providers.a.weight 2 -> 3",
                        "providers.b removed",
                        "providers.c added");
    }

    @Test
    void order_isAChange_too() {
        ConfigReloader reloader = start("providers: [ { name: a, type: demo }, { name: b, type: demo } ]");
        loading.yaml("providers: [ { name: b, type: demo }, { name: a, type: demo } ]");
        assertThat(reloader.reload()).isEqualTo(new ReloadResult.Applied(List.of(), List.of()));
        assertThat(log.lines()).containsExactly("INFO Configuration reloaded: order of entries");
    }

    /** Row 40. */
    @Test
    void whatIsReadOnce_staysAndIsNamed_untilItIsTakenBack() {
        ConfigReloader reloader = start("port: 9000\nshutdown-timeout: 1s");
        GatewayConfig before = reloader.current().get();
        String changed = "host: localhost\nport: 9001\nshutdown-timeout: 2s\ntls: { cert: %s, key: %s }"
                .formatted("src/test/resources/tls/upstream-cert.pem", "src/test/resources/tls/upstream-key.pem");
        loading.file("application.yaml", "ai-proxy:\n" + changed.indent(2) + "quarkus: { log: { level: DEBUG } }");
        List<String> named = List.of("host", "port", "quarkus.log.level", "shutdown-timeout", "tls.cert", "tls.key");
        assertThat(reloader.reload()).isEqualTo(new ReloadResult.Unchanged(named));
        reloader.reload();
        assertThat(reloader.current().get()).isSameAs(before);
        assertThat(log.lines())
                .as("told once")
                .containsExactly("WARN Restart needed for host; port; quarkus.log.level; shutdown-timeout; tls.cert;"
                        + " tls.key; until then the old values stay in force");
        loading.yaml("port: 9000\nshutdown-timeout: 1s");
        assertThat(reloader.reload()).isEqualTo(new ReloadResult.Unchanged(List.of()));
    }

    @Test
    void restartNeeded_doesNotKeepTheRestFromChanging() {
        ConfigReloader reloader = start("port: 9000");
        loading.yaml("port: 9001\nrequest-log: false");
        assertThat(reloader.reload())
                .isEqualTo(new ReloadResult.Applied(List.of("request-log set to false"), List.of("port")));
        assertThat(reloader.current().get().port()).isEqualTo(9000);
        assertThat(reloader.current().get().log().requests()).isFalse();
    }

    @Test
    void accessKeys_cannotGo_whileOthersReachTheOldAddress() {
        ConfigReloader reloader = start("host: 0.0.0.0\naccess-keys: [ k ]");
        loading.yaml("host: 127.0.0.1");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Refused.class);
        assertThat(reloader.current().get().accessKeys()).hasSize(1);
        assertThat(log.errors()).singleElement().asString().contains("listens on 0.0.0.0 until it is restarted");
    }

    @Test
    void fileThatVanishes_doesNotBringTheDemo() throws IOException {
        ConfigReloader reloader = start("access-keys: [ k ]");
        Files.delete(directory.resolve("application.yaml"));
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Refused.class);
        assertThat(reloader.current().get().isOpen()).isFalse();
        assertThat(log.errors()).singleElement().asString().contains("application.yaml: is gone");
        loading.file("application.yaml", "ai-proxy:\n  # access-keys: [ k ]\n");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Refused.class);
    }

    @Test
    void fileThatAppears_isTaken() {
        ConfigReloader reloader = ConfigReloader.start(loading.sources());
        assertThat(reloader.files()).contains(directory.resolve("application.yaml"), directory.resolve(".env"));
        loading.yaml("access-keys: [ k ]");
        assertThat(reloader.reload()).isInstanceOf(ReloadResult.Applied.class);
        assertThat(reloader.current().get().isOpen()).isFalse();
    }

    @Test
    void flagAndEnvironment_keepTheirRank_andDotEnvIsReadAgain() {
        loading.property("ai-proxy.default-model", "flag").variable("AI_PROXY_REQUEST_LOG", "false");
        loading.file(".env", "AI_PROXY_STRICT_TRANSLATION=false\nMODEL=one");
        ConfigReloader reloader = start("default-model: file\nresponses-store: { enabled: true }");
        loading.file(".env", "AI_PROXY_STRICT_TRANSLATION=true\nAI_PROXY_REQUEST_LOG=true");
        loading.yaml("default-model: other\nrequest-log: true\nstrict-translation: false");
        assertThat(((ReloadResult.Applied) reloader.reload()).changes())
                .containsExactly("responses-store.enabled removed", "strict-translation false -> true");
        assertThat(reloader.current().get().defaultModel()).contains("flag");
        assertThat(reloader.current().get().log().requests()).isFalse();
        assertThat(reloader.current().get().strictTranslation()).isTrue();
    }

    @Test
    void listenerThatFails_bringsAllBack() {
        GatewayConfig first = Configurations.of("default-model: one");
        GatewayConfig second = Configurations.of("default-model: two");
        CurrentConfig current = new CurrentConfig(first);
        List<GatewayConfig> followed = new ArrayList<>();
        current.follow(followed::add);
        current.follow(config -> {
            if (config == second) {
                throw new IllegalStateException("cannot");
            }
        });
        assertThatThrownBy(() -> current.replace(second)).hasMessage("cannot");
        assertThat(current.get()).isSameAs(first);
        assertThat(followed).containsExactly(first, second, first);
    }

    @Test
    void settingsOfAProvider_thatItsKeysInherit_areToldOnce() {
        String yaml =
                "providers: [ { type: openai, must-stream: %s, api-keys: [ { key: a }, { key: b, must-stream: %s } ] } ]";
        ConfigReloader reloader = start(yaml.formatted("false", "true"));
        loading.yaml(yaml.formatted("true", "true"));
        assertThat(((ReloadResult.Applied) reloader.reload()).changes())
                .containsExactly("providers.openai.must-stream false -> true");
    }

    private ConfigReloader start(String yaml) {
        return ConfigReloader.start(loading.yaml(yaml).sources());
    }

    private static String secrets(String one, String other) {
        return """
                access-keys: [ %1$s ]
                providers:
                  - name: east
                    type: openai
                    base-url: https://%1$s.example.com
                    api-keys: [ %1$s, { key: %2$s } ]
                    headers: { x-token: %2$s }
                """.formatted(one, other);
    }
}
