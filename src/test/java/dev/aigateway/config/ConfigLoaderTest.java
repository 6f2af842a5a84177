package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a good configuration becomes, and which source wins. */
class ConfigLoaderTest {
    private static final Path CERT = Path.of("src/test/resources/tls/upstream-cert.pem");
    private static final Path KEY = Path.of("src/test/resources/tls/upstream-key.pem");

    @TempDir
    Path directory;

    private Loading loading;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
    }

    @Test
    void nothing_anywhere_isTheDemoOnLoopback() {
        assertThat(loading.config())
                .isEqualTo(new GatewayConfig(
                        "127.0.0.1",
                        8317,
                        List.of(),
                        false,
                        Optional.empty(),
                        OptionalInt.empty(),
                        List.of(ProviderConfig.DEMO),
                        LimitsConfig.DEFAULT,
                        RetryConfig.DEFAULT,
                        StreamConfig.DEFAULT,
                        false,
                        ResponsesStoreConfig.DEFAULT,
                        RoutingConfig.DEFAULT,
                        CooldownConfig.DEFAULT,
                        BreakerConfig.DEFAULT,
                        QueueConfig.DEFAULT,
                        HealthCheckConfig.DEFAULT,
                        PayloadConfig.DEFAULT,
                        new ServerConfig(Optional.empty(), Duration.ofSeconds(30), Duration.ofMillis(500)),
                        NetworkConfig.DEFAULT,
                        AdminConfig.DEFAULT,
                        CorsConfig.DEFAULT,
                        LogConfig.DEFAULT));
        assertThat(AdminConfig.DEFAULT).isEqualTo(new AdminConfig(List.of(), false));
        assertThat(CorsConfig.DEFAULT.origins()).isEmpty();
        assertThat(loading.config().payload().rules()).isEmpty();
        assertThat(loading.config().isDemo()).isTrue();
        assertThat(loading.load().file()).isEmpty();
        assertThat(loading.warnings()).isEmpty();
    }

    @Test
    void logFile_withItsPathAlone_hasTheDefaults() {
        assertThat(loading.yaml("log: { file: { path: x.log } }").config().log().file())
                .contains(new LogFileConfig(Path.of("x.log"), 100L << 20, 3, Duration.ofDays(28), false));
    }

    @ParameterizedTest
    @CsvSource({
        "request-log: false, false",
        "'log: { requests: false }', false",
        "'{ request-log: false, log: { requests: true } }', true",
        "'{ request-log: true, log: { requests: false } }', false"
    })
    void requestLog_isAnOlderNameOfLogRequests(String yaml, boolean logged) {
        assertThat(loading.yaml(yaml).config().log().requests()).isEqualTo(logged);
    }

    @Test
    void file_everyKey_isRead() {
        GatewayConfig config = loading.file("ca.pem", "")
                .yaml("""
                        host: 0.0.0.0
                        port: 9000
                        access-keys: [ one, "two" ]
                        allow-anonymous: true
                        default-model: gpt-4o
                        default-max-tokens: 4096
                        strict-translation: true
                        log:
                          level: debug
                          format: json
                          requests: false
                          file: { path: logs/gateway.log, max-size: 2GiB, max-backups: 0, max-age: 7d, compress: true }
                          bodies: true
                          trust-forwarded-for: true
                        limits: { max-body-size: 1MiB, max-answer-size: 2000, max-event-size: 3KB }
                        retry: { max-retries: 0, base-delay: 1ms, max-delay: 2s, deadline: 3m, budget: 50, max-attempts: 6, jitter: full, statuses: [ 429, 503 ] }
                        streaming: { keepalive: 0, connect-timeout: 1s, first-byte-timeout: 2s, idle-timeout: 1h }
                        responses-store: { enabled: false, max-size: 2MiB, ttl: 5m }
                        routing:
                          strategy: weighted
                          keys: fill-first
                          models: { "gpt-4*": session, "*": random }
                          force-model-prefix: true
                          last-resort: true
                          list-provider-models: true
                        model-mapping: { gpt-4.1: gpt-4o, "claude-*": gpt-4o }
                        fallbacks: { gpt-4o: [ a, b ], a: [ b ] }
                        cooldown: { rate-limit: 1s, server-error: 2s, network: 3s, refused: 4s, not-found: 5s, longest: 6s }
                        breaker: { failures: 5, duration: 1m, probe-interval: 0 }
                        queue: { size: 7, timeout: 8s }
                        health-check: { interval: 9s, timeout: 1s }
                        payload: { filter: [ { models: [ x ], params: [ y ] } ] }
                        admin: { keys: [ three ], allow-remote: true }
                        cors: { origins: [ "HTTPS://Chat.example.com/" ] }
                        shutdown-timeout: 5s
                        reload-interval: 0
                        tls: { cert: %s, key: %s, client-ca: %s, client-auth: request, reload-period: 2m }
                        providers:
                          - name: east
                            type: openai
                            base-url: https://east.example.com/v1/
                            api-keys: [ k1, k2 ]
                            models: [ gpt-4o, { id: gpt-4.1-mini, alias: mini }, { id: plain } ]
                            weight: 3
                            headers: { x-team: search }
                            ca-certificate: %s
                            serves: [ embeddings, Audio ]
                            disabled: true
                        """.formatted(CERT, KEY, CERT, directory.resolve("ca.pem")))
                .config();
        assertThat(config)
                .isEqualTo(new GatewayConfig(
                        "0.0.0.0",
                        9000,
                        List.of(Secret.of("one"), Secret.of("two")),
                        true,
                        Optional.of("gpt-4o"),
                        OptionalInt.of(4096),
                        config.providers(),
                        new LimitsConfig(1024 * 1024, 2000, 3000),
                        new RetryConfig(
                                0,
                                Duration.ofMillis(1),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(3),
                                50,
                                6,
                                RetryConfig.Jitter.FULL,
                                Set.of(429, 503)),
                        new StreamConfig(
                                Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofHours(1)),
                        true,
                        new ResponsesStoreConfig(false, 2 * 1024 * 1024, Duration.ofMinutes(5)),
                        new RoutingConfig(
                                RoutingStrategy.WEIGHTED,
                                RoutingStrategy.FILL_FIRST,
                                Map.of(
                                        new Glob("gpt-4*"),
                                        RoutingStrategy.SESSION,
                                        new Glob("*"),
                                        RoutingStrategy.RANDOM),
                                Map.of(new Glob("gpt-4.1"), "gpt-4o", new Glob("claude-*"), "gpt-4o"),
                                Map.of("gpt-4o", List.of("a", "b"), "a", List.of("b")),
                                true,
                                true,
                                true),
                        new CooldownConfig(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6)),
                        new BreakerConfig(5, Duration.ofMinutes(1), Duration.ZERO),
                        new QueueConfig(7, Duration.ofSeconds(8)),
                        new HealthCheckConfig(Duration.ofSeconds(9), Duration.ofSeconds(1)),
                        new PayloadConfig(List.of(new PayloadRule(
                                PayloadRule.Action.FILTER,
                                List.of(new PayloadRule.ModelMatch(new Glob("x"), Optional.empty())),
                                List.of(new PayloadRule.Param(List.of("y"), Optional.empty()))))),
                        new ServerConfig(
                                Optional.of(new TlsConfig(
                                        CERT,
                                        KEY,
                                        Optional.of(CERT),
                                        TlsConfig.ClientAuthentication.REQUEST,
                                        Duration.ofMinutes(2))),
                                Duration.ofSeconds(5),
                                Duration.ZERO),
                        config.network(),
                        new AdminConfig(List.of(Secret.of("three")), true),
                        new CorsConfig(List.of("https://chat.example.com")),
                        new LogConfig(
                                LogLevel.DEBUG,
                                LogFormat.JSON,
                                false,
                                Optional.of(new LogFileConfig(
                                        Path.of("logs/gateway.log"), 2L << 30, 0, Duration.ofDays(7), true)),
                                true,
                                true)));
        assertThat(config.routing().strategyFor("gpt-4o")).isEqualTo(RoutingStrategy.SESSION);
        assertThat(config.routing().strategyFor("other")).isEqualTo(RoutingStrategy.RANDOM);
        ProviderConfig provider = config.providers().getFirst();
        assertThat(provider.name()).isEqualTo("east");
        assertThat(provider.baseUrl()).isEqualTo(URI.create("https://east.example.com/v1"));
        assertThat(provider.keys()).extracting(KeyConfig::secret).containsExactly(Secret.of("k1"), Secret.of("k2"));
        assertThat(provider.models().listed())
                .containsExactly(
                        ModelConfig.of("gpt-4o"),
                        new ModelConfig("gpt-4.1-mini", Optional.of("mini")),
                        ModelConfig.of("plain"));
        assertThat(provider.models().listed()).extracting(ModelConfig::name).containsExactly("gpt-4o", "mini", "plain");
        assertThat(provider.share().weight()).isEqualTo(3);
        assertThat(provider.link().headers()).containsExactly(Map.entry("x-team", "search"));
        assertThat(provider.link().caCertificate()).contains(directory.resolve("ca.pem"));
        assertThat(provider.serves()).containsExactlyInAnyOrder(Service.EMBEDDINGS, Service.AUDIO);
        assertThat(provider.disabled()).isTrue();
    }

    @Test
    void provider_withoutMore_hasTheDefaultsOfItsType() {
        ProviderConfig provider = loading.yaml("providers: [ { type: anthropic, api-keys: [ k ] } ]")
                .config()
                .providers()
                .getFirst();
        assertThat(provider.name()).isEqualTo("anthropic");
        assertThat(provider.baseUrl()).isEqualTo(URI.create("https://api.anthropic.com/v1"));
        assertThat(provider.models().listed()).isEmpty();
        assertThat(provider.share().weight()).isEqualTo(1);
        assertThat(provider.link().headers()).isEmpty();
        assertThat(provider.link().caCertificate()).isEmpty();
        assertThat(provider.serves()).isEmpty();
        assertThat(provider.tuning()).isEqualTo(TuningConfig.DEFAULT);
        assertThat(provider.disabled()).isFalse();
    }

    @Test
    void providers_asAGroup_takeTheirNamesFromIt() {
        List<ProviderConfig> providers = loading.yaml("""
                        providers:
                          openai:
                            api-keys: [ k ]
                          west:
                            type: anthropic
                            api-keys: [ k ]
                        """).config().providers();
        assertThat(providers).extracting(ProviderConfig::name).containsExactly("openai", "west");
        assertThat(providers)
                .extracting(ProviderConfig::type)
                .containsExactly(ProviderType.OPENAI, ProviderType.ANTHROPIC);
    }

    @ParameterizedTest
    @CsvSource({"1,2,3,4,1", ",2,3,4,2", ",,3,4,3", ",,,4,4", ",,,,8317"})
    void port_inSeveralSources_isThatOfTheHighest(
            String flag, String variable, String dotEnv, String file, int expected) {
        if (flag != null) {
            loading.property("ai-proxy.port", flag);
        }
        if (variable != null) {
            loading.variable("AI_PROXY_PORT", variable);
        }
        if (dotEnv != null) {
            loading.file(".env", "AI_PROXY_PORT=" + dotEnv);
        }
        if (file != null) {
            loading.yaml("port: " + file);
        }
        assertThat(loading.config().port()).isEqualTo(expected);
    }

    @Test
    void accessKeys_ofTheFlag_replaceThoseOfTheFile() {
        loading.yaml("access-keys: [ a, b ]")
                .variable("AI_PROXY_ACCESS_KEYS_0", "d")
                .property("ai-proxy.access-keys", "[\"c,1\"]");
        assertThat(loading.config().accessKeys()).containsExactly(Secret.of("c,1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"AI_PROXY_ACCESS_KEYS | a, b", "AI_PROXY_ACCESS_KEYS | [a, 'b']", "ai_proxy_access_keys | a,b"})
    void accessKeys_inOneVariable_areAList(String name, String value) {
        assertThat(loading.variable(name, value).config().accessKeys()).containsExactly(Secret.of("a"), Secret.of("b"));
    }

    @Test
    void providers_inVariablesByIndex_needNoFile() {
        ProviderConfig provider = loading.variable("AI_PROXY_PROVIDERS_0_NAME", "east")
                .variable("AI_PROXY_PROVIDERS_0_TYPE", "openai")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_0", "k1")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS_1", "k2")
                .variable("AI_PROXY_PROVIDERS_0_MODELS_0", "gpt-4o")
                .variable("AI_PROXY_PROVIDERS_0_MODELS_1_ID", "gpt-4.1-mini")
                .variable("AI_PROXY_PROVIDERS_0_MODELS_1_ALIAS", "mini")
                .variable("AI_PROXY_PROVIDERS_0_HEADERS", "{x-team: search}")
                .config()
                .providers()
                .getFirst();
        assertThat(provider.name()).isEqualTo("east");
        assertThat(provider.keys()).extracting(KeyConfig::secret).containsExactly(Secret.of("k1"), Secret.of("k2"));
        assertThat(provider.models().listed()).extracting(ModelConfig::name).containsExactly("gpt-4o", "mini");
        assertThat(provider.link().headers()).containsEntry("x-team", "search");
    }

    @Test
    void providers_inVariables_areMergedIntoTheFiles() {
        loading.yaml("""
                        providers:
                          - { name: a, type: openai, api-keys: [ k ], headers: { x-team: search, x-other: o } }
                          - { name: b, type: openai, api-keys: [ k ] }
                        """)
                .variable("AI_PROXY_PROVIDERS_1_WEIGHT", "5")
                .variable("AI_PROXY_PROVIDERS_0_HEADERS_X_TEAM", "ads")
                .property("ai-proxy.providers[1].weight", "7");
        List<ProviderConfig> providers = loading.config().providers();
        assertThat(providers).extracting(provider -> provider.share().weight()).containsExactly(1, 7);
        assertThat(providers.getFirst().link().headers())
                .containsEntry("x-team", "ads")
                .containsEntry("x-other", "o");
    }

    @Test
    void providers_inVariables_areFoundByTheNameInTheFile() {
        loading.yaml("providers: { my-east: { type: openai }, west: { type: openai, api-keys: [ k ] } }")
                .variable("AI_PROXY_PROVIDERS_MY_EAST_API_KEYS", "k1")
                .variable("AI_PROXY_PROVIDERS_1_WEIGHT", "2");
        List<ProviderConfig> providers = loading.config().providers();
        assertThat(providers.getFirst().keys()).extracting(KeyConfig::secret).containsExactly(Secret.of("k1"));
        assertThat(providers.get(1).share().weight()).isEqualTo(2);
    }

    @Test
    void providers_inOneVariable_replaceAllOthers() {
        loading.yaml("providers: [ { name: a, type: openai, api-keys: [ k ] } ]")
                .file(".env", "AI_PROXY_PROVIDERS_0_WEIGHT=9")
                .variable("AI_PROXY_PROVIDERS", "[{name: x, type: openai, api-keys: ['${k}']}]");
        assertThat(loading.config().providers()).singleElement().satisfies(provider -> {
            assertThat(provider.name()).isEqualTo("x");
            assertThat(provider.share().weight()).isEqualTo(1);
            assertThat(provider.keys()).extracting(KeyConfig::secret).containsExactly(Secret.of("${k}"));
        });
    }

    @Test
    void expressions_takeTheHighestSource_orTheDefault() {
        loading.yaml("""
                        default-model: ${A}-${B:b}-${C:c}
                        host: ${HOST_TO_USE:localhost}
                        access-keys: ${KEYS}
                        """)
                .file(".env", "A=low\nB=file\nKEYS=x,y")
                .variable("A", "middle")
                .property("A", "high")
                .variable("C", "");
        GatewayConfig config = loading.config();
        assertThat(config.defaultModel()).contains("high-file-c");
        assertThat(config.host()).isEqualTo("localhost");
        assertThat(config.accessKeys()).containsExactly(Secret.of("x"), Secret.of("y"));
    }

    @Test
    void apiKey_withoutItsVariable_isLeftOutWithAWarning() {
        loading.yaml("""
                        providers:
                          - type: openai
                            api-keys: [ "${FIRST}", "${SECOND}" ]
                        """).variable("SECOND", "k2");
        assertThat(loading.config().providers().getFirst().keys())
                .extracting(KeyConfig::secret)
                .containsExactly(Secret.of("k2"));
        assertThat(loading.warnings())
                .containsExactly(
                        "application.yaml:4: providers[0].api-keys[0] is left out: the variable FIRST is not set");
    }

    /** Row 150. */
    @Test
    void apiKey_inAFile_isReadFromThere_andLeftOutWhenTheFileHasNone() {
        loading.file("plain", "k1\n")
                .file("login", "{\"access_token\":\"k2\",\"expired\":\"2999-01-01T00:00:00Z\"}")
                .file("ended", "{\"access_token\":\"canary\",\"expired\":\"2020-01-01T00:00:00Z\"}")
                .file("broken", "{\"access_token\":\"canary")
                .variable("DIRECTORY", directory.toString())
                .yaml("""
                        providers:
                          - type: gemini
                            api-keys:
                              - { file: "${DIRECTORY}/plain", name: first, weight: 3 }
                              - { file: "${DIRECTORY}/ended" }
                              - { file: "${DIRECTORY}/broken" }
                              - { file: "${DIRECTORY}/none" }
                              - { file: "${DIRECTORY}/login" }
                        """);
        List<KeyConfig> keys = loading.config().providers().getFirst().keys();
        assertThat(keys).extracting(KeyConfig::secret).containsExactly(Secret.of("k1"), Secret.of("k2"));
        assertThat(keys.getFirst().name()).contains("first");
        assertThat(keys.getFirst().settings().share().weight()).isEqualTo(3);
        String leftOut =
                "application.yaml:%d: providers[0].api-keys[%d].file gives no key, so that the entry is left out: "
                        + directory + "/%s";
        assertThat(loading.warnings())
                .containsExactly(
                        leftOut.formatted(6, 1, "ended holds a login that has expired"),
                        leftOut.formatted(7, 2, "broken is not valid JSON"),
                        leftOut.formatted(8, 3, "none does not exist"));
    }

    @Test
    void apiKey_inAFile_canBeSetByVariables_inEveryWay() {
        String file = loading.file("plain", "k1")
                .sources()
                .directory()
                .resolve("plain")
                .toString();
        for (String name : List.of("AI_PROXY_PROVIDERS", "AI_PROXY_PROVIDERS_0_API_KEYS")) {
            String keys = "[{file: '" + file + "', name: n}, k2]";
            Loading variables = new Loading(directory)
                    .variable("AI_PROXY_PROVIDERS_0_TYPE", "openai")
                    .variable(name, name.endsWith("S_0_API_KEYS") ? keys : "[{type: openai, api-keys: " + keys + "}]");
            assertThat(variables.config().providers().getFirst().keys())
                    .extracting(KeyConfig::secret)
                    .containsExactly(Secret.of("k1"), Secret.of("k2"));
        }
        assertThat(new Loading(directory)
                        .variable("AI_PROXY_PROVIDERS_0_TYPE", "openai")
                        .variable("AI_PROXY_PROVIDERS_0_API_KEYS_0_FILE", file)
                        .config()
                        .providers()
                        .getFirst()
                        .keys())
                .extracting(KeyConfig::secret)
                .containsExactly(Secret.of("k1"));
    }

    @Test
    void apiKey_inAFile_isMissedQuietly_whereNobodyNeedsIt() {
        loading.yaml("providers: [ { type: gemini, disabled: true, api-keys: [ { file: none } ] }, { type: demo } ]");
        assertThat(loading.warnings()).isEmpty();
        assertThat(loading.config().providers().getFirst().keys()).isEmpty();
    }

    /** What is meant to go there with a key must not go there without. */
    @Test
    void provider_whoseKeysAreAllLeftOut_isDisabledWithAWarning() {
        loading.yaml("""
                        passthrough-provider: both
                        providers:
                          - name: both
                            type: openai
                            base-url: http://127.0.0.1:1/v1
                            api-keys: [ "${UNSET}", { file: none } ]
                          - { name: spare, type: openai, api-keys: [ "${UNSET}", k ] }
                          - { name: local, type: openai, base-url: http://127.0.0.1:2/v1 }
                          - { name: empty, type: openai, base-url: http://127.0.0.1:3/v1, api-keys: [] }
                        """);
        List<ProviderConfig> providers = loading.config().providers();
        assertThat(providers).extracting(ProviderConfig::disabled).containsExactly(true, false, false, false);
        assertThat(providers).extracting(ProviderConfig::lacksKeys).containsExactly(true, false, false, false);
        assertThat(loading.warnings())
                .hasSize(4)
                .contains("application.yaml:4: providers[0].api-keys has no entry that can be used, so that the"
                        + " provider is disabled");
    }

    @Test
    void provider_withoutKeys_isWarnedAboutOnlyWhenItsServiceWantsOne() {
        loading.yaml("""
                        providers:
                          - type: openai
                          - { name: local, type: openai, base-url: http://127.0.0.1:11434/v1 }
                          - { name: off, type: openai, api-keys: [ "${UNSET}" ], disabled: true }
                          - type: demo
                        """);
        assertThat(loading.warnings())
                .containsExactly(
                        "application.yaml:3: providers[0].api-keys is empty: https://api.openai.com/v1 will refuse requests");
    }

    @Test
    void dotEnv_thatIsBroken_doesNotStop() {
        loading.file(
                ".env",
                "\u0000=\n=x\nnonsense\n# AI_PROXY_PORT=1\nexport AI_PROXY_HOST='localhost' \nAI_PROXY_PORT=7 # seven\n");
        assertThat(loading.config().host()).isEqualTo("localhost");
        assertThat(loading.config().port()).isEqualTo(7);
    }

    @Test
    void variables_ofAKubernetesService_areLeftAlone() {
        loading.variable("AI_PROXY_PORT", "tcp://10.0.0.1:80")
                .variable("AI_PROXY_SERVICE_HOST", "10.0.0.1")
                .variable("AI_PROXY_SERVICE_PORT_HTTP", "80")
                .variable("AI_PROXY_PORT_80_TCP_ADDR", "10.0.0.1");
        assertThat(loading.config().port()).isEqualTo(8317);
    }

    @ParameterizedTest
    @CsvSource({"flag", "variable", ".env"})
    void file_thatIsNamed_isRead(String source) {
        loading.yaml("port: 1").file("other.yaml", "ai-proxy:\n  port: 2");
        switch (source) {
            case "flag" -> loading.property("ai-proxy.config", "other.yaml");
            case "variable" ->
                loading.variable(
                        "AI_PROXY_CONFIG", directory.resolve("other.yaml").toString());
            default -> loading.file(".env", "AI_PROXY_CONFIG=other.yaml");
        }
        assertThat(loading.config().port()).isEqualTo(2);
        assertThat(loading.load().file()).contains(directory.resolve("other.yaml"));
    }

    @ParameterizedTest
    @CsvSource({"''", "ai-proxy:", "# nothing", "'quarkus: { log: { level: INFO } }'"})
    void file_withoutSettings_isTheDemo(String text) {
        assertThat(loading.file("application.yaml", text).config().isDemo()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "api.localhost"})
    void host_onLoopback_needsNoKeys(String host) {
        assertThat(loading.property("ai-proxy.host", host).problems()).isEmpty();
    }

    @Test
    void host_forOthers_isServedWithKeys_orWhenTheOperatorInsists() {
        assertThat(loading.yaml("host: 0.0.0.0\naccess-keys: [ a ]").problems()).isEmpty();
        assertThat(loading.yaml("host: 0.0.0.0\nallow-anonymous: true").problems())
                .isEmpty();
    }

    @Test
    void frameworkSettings_holdWhatQuarkusMustKnow_whateverElseIsWrong() {
        loading.file("application.yaml", """
                ai-proxy:
                  port: 9000
                  host: nowhere at all
                  bogus: [ "${UNSET}" ]
                quarkus:
                  log: { category: { "a.b": { level: DEBUG } }, list: [ 1, 2 ] }
                """);
        assertThat(ConfigLoader.frameworkSettings(loading.sources()).toProperties())
                .containsOnly(
                        Map.entry("ai-proxy.port", "9000"),
                        Map.entry("ai-proxy.host", "127.0.0.1"),
                        Map.entry("ai-proxy.shutdown-timeout", "30000ms"),
                        Map.entry("quarkus.log.category.\"a.b\".level", "DEBUG"),
                        Map.entry("quarkus.log.list[0]", "1"),
                        Map.entry("quarkus.log.list[1]", "2"));
        loading.file("application.yaml", "a: [");
        assertThat(ConfigLoader.frameworkSettings(loading.sources()).toProperties())
                .containsOnly(
                        Map.entry("ai-proxy.port", "8317"),
                        Map.entry("ai-proxy.host", "127.0.0.1"),
                        Map.entry("ai-proxy.shutdown-timeout", "30000ms"));
    }

    @Test
    void sample_asItIs_isTheDemo_andWithEverySettingIsGood() {
        assertThat(loading.file("application.yaml", SampleFile.text()).config().isDemo())
                .isTrue();

        String everything = SampleFile.everything()
                .lines()
                .map(line -> line.contains("ca-certificate") ? "" : line)
                .map(line -> line.replaceFirst("/etc/tls/.*\\.key", KEY.toString())
                        .replaceFirst("/etc/tls/\\S+", CERT.toString()))
                .collect(Collectors.joining("\n"));
        GatewayConfig config = loading.file("application.yaml", everything)
                .variable("GATEWAY_ACCESS_KEY", "a")
                .variable("GATEWAY_ADMIN_KEY", "e")
                .variable("OPENAI_API_KEY", "b")
                .variable("ANTHROPIC_API_KEY", "c")
                .variable("GEMINI_API_KEY", "d")
                .config();
        assertThat(config.providers())
                .extracting(ProviderConfig::name)
                .containsExactly("openai", "anthropic", "gemini", "local");
        assertThat(config.limits()).isEqualTo(LimitsConfig.DEFAULT);
        assertThat(config.retry()).isEqualTo(RetryConfig.DEFAULT);
        assertThat(config.streaming()).isEqualTo(StreamConfig.DEFAULT);
        assertThat(config.responsesStore()).isEqualTo(ResponsesStoreConfig.DEFAULT);
        assertThat(config.defaultModel()).contains("gpt-4o");
        assertThat(config.server())
                .isEqualTo(new ServerConfig(
                        Optional.of(new TlsConfig(
                                CERT,
                                KEY,
                                Optional.of(CERT),
                                TlsConfig.ClientAuthentication.REQUIRED,
                                TlsConfig.DEFAULT_RELOAD_PERIOD)),
                        ServerConfig.DEFAULT.shutdownTimeout(),
                        ServerConfig.DEFAULT.reloadInterval()));
    }
}
