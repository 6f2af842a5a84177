package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of other gateways in the place of our own, and the variables that they know. */
class ForeignConfigTest {
    private static final String RUST = "claude-api-key:\n- api-key: s3cr3t\n";

    @TempDir
    Path directory;

    @Test
    void xlingSample_saysTheSame() throws IOException {
        GatewayConfig config = sample("xling");
        assertThat(config.port()).isEqualTo(4320);
        assertThat(config.accessKeys()).containsExactly(Secret.of("dev-key"));
        assertThat(config.defaultModel()).hasValue("gpt-4o");
        assertThat(config.routing().strategy()).isEqualTo(RoutingStrategy.WEIGHTED);
        assertThat(config.routing().keys()).isEqualTo(RoutingStrategy.FILL_FIRST);
        assertThat(config.routing().modelMapping()).containsEntry(new Glob("gpt-4"), "gpt-4o");
        assertThat(config.cooldown().refused()).isEqualTo(Duration.ofMinutes(1));
        assertThat(providers(config)).containsExactly("openai-primary openai 2 w3", "anthropic anthropic 1 w1");
        assertThat(config.providers().getFirst().wire().passthroughResponses()).containsExactly("gpt-4.1-codex");
        assertThat(config.providers().getFirst().models().listed())
                .extracting(ModelConfig::id)
                .containsExactly("gpt-4o", "gpt-4.1-mini", "gpt-4o*", "gpt-4.1-mini*");
    }

    @Test
    void aiProxySample_saysTheSame() throws IOException {
        GatewayConfig config = sample("ai-proxy");
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(8317);
        assertThat(config.allowAnonymous()).isTrue();
        assertThat(config.routing().strategy()).isEqualTo(RoutingStrategy.ROUND_ROBIN);
        assertThat(config.retry().maxRetries()).isEqualTo(2);
        assertThat(providers(config))
                .containsExactly(
                        "claude-1 anthropic 1 w1",
                        "openai-1 openai 1 w1",
                        "gemini-1 gemini 1 w1",
                        "openai-compat-1 openai 1 w1");
        assertThat(config.providers().getFirst().models().listed().getFirst().alias())
                .hasValue("claude-sonnet-4-5");
        assertThat(config.providers().getLast().models().prefix()).hasValue("deepseek/");
        assertThat(config.providers().getLast().baseUrl()).hasToString("https://api.deepseek.com");
    }

    @Test
    void aiproxySample_withoutItsLogFile_saysTheSame() throws IOException {
        String source = source("aiproxy");
        GatewayConfig config =
                load(source.replace("/var/log/aiproxy/aiproxy.log", "")).config();
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.defaultMaxTokens()).hasValue(4096);
        assertThat(config.routing().strategy()).isEqualTo(RoutingStrategy.WEIGHTED);
        assertThat(config.breaker().failures()).isEqualTo(3);
        assertThat(config.breaker().duration()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.retry().maxRetries()).isZero();
        assertThat(providers(config)).containsExactly("primary anthropic 1 w10");
        assertThat(config.providers().getFirst().models().mapping())
                .containsEntry("claude-3-opus", "claude-3-opus-20240229");
    }

    @Test
    void llmApiProxySample_saysTheSame() throws IOException {
        GatewayConfig config = sample("llm-api-proxy");
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(8811);
        assertThat(config.allowAnonymous()).isTrue();
        assertThat(config.network().endpoints().values())
                .extracting(endpoint -> endpoint.name() + " " + endpoint.targetBase() + " " + proxy(endpoint))
                .containsExactly(
                        "anthropic_dev https://api.anthropic.com localhost:8080",
                        "anthropic_prod https://api.anthropic.com proxy.company.com:3128",
                        "openai_dev https://api.openai.com/v1 localhost:8081",
                        "openai_prod https://api.openai.com/v1 proxy.company.com:3129");
    }

    @Test
    void proxxSample_saysTheSame() throws IOException {
        GatewayConfig config = sample("proxx");
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.retry().maxRetries()).isEqualTo(3);
        assertThat(config.retry().baseDelay()).isEqualTo(Duration.ofSeconds(1));
        ProviderConfig provider = config.providers().getFirst();
        assertThat(provider.baseUrl()).hasToString("https://api.z.ai/api/anthropic");
        assertThat(provider.link().callersKey()).isTrue();
        assertThat(provider.keys()).isEmpty();
    }

    @Test
    void endpointsWithOurOwnPaths_areRenamed_andServed() {
        LoadedConfig loaded = load("""
                [server]
                port = 8811
                [endpoints.openai]
                [endpoints.claude]
                [endpoints.admin]
                [endpoints."a b"]
                """);
        assertThat(loaded.config().network().endpointNames())
                .containsExactly("openai-endpoint", "claude-endpoint", "admin-endpoint", "a-b");
        assertThat(loaded.warnings())
                .extracting(ConfigProblem::toString)
                .anyMatch(
                        warning -> warning.startsWith(
                                "gateway.conf: endpoints.admin is called admin-endpoint here and reached at /admin-endpoint: "));
    }

    @Test
    void conversion_isToldWithEachLine() {
        assertThat(load("claude-api-key:\n- { api-key: s3cr3t, color: s3cr3t }\n")
                        .warnings())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "gateway.conf: is a configuration of ai-proxy (Rust), used as if it were converted; see the result with: ai-gateway import gateway.conf",
                        "gateway.conf:1: everybody who reaches the address is served with the providers' keys, as before; to keep others out, set api-keys, or AI_PROXY_ACCESS_KEYS, or listen on 127.0.0.1 only",
                        "gateway.conf:2: claude-api-key[0].color is left out: not a known key");
    }

    @Test
    void wrongValue_isToldWithFileLineAndKey() {
        assertThat(foreign(RUST + "port: 70000\n").problems())
                .containsExactly("gateway.conf:3: port must be a whole number from 0 to 65535");
    }

    @Test
    void whatOurSchemaRefuses_isToldByTheConvertedLine() {
        assertThat(foreign("claude-api-key:\n- { api-key: k, base-url: 'ftp://a' }\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("gateway.conf as converted:")
                .contains("providers[0].base-url must be an http or https URL");
    }

    @Test
    void brokenFile_isToldByLineAndColumn() {
        assertThat(foreign("upstreams: [ a\n").problems())
                .singleElement()
                .asString()
                .startsWith("gateway.conf:2:1: is not valid YAML");
        assertThat(foreign("{ \"providers\": [ }").problems())
                .singleElement()
                .asString()
                .startsWith("gateway.conf:1:18: is not valid JSON");
        assertThat(foreign("[server]\nport = = 1").problems())
                .singleElement()
                .asString()
                .startsWith("gateway.conf:2:")
                .endsWith("is not valid TOML");
    }

    @Test
    void publicAddressWithoutKeys_ofAGatewayThatWasNotOpen_isRefused() {
        assertThat(foreign("upstreams:\n- { name: a, base_url: https://a.example.com, token: k }\nbind: 0.0.0.0\n")
                        .problems())
                .singleElement()
                .asString()
                .contains("host can be reached from other machines", "set access-keys");
    }

    @Test
    void ourOwnSettings_outrankTheOtherFile() {
        GatewayConfig config = foreign(RUST)
                .variable("AI_PROXY_HOST", "127.0.0.1")
                .variable("AI_PROXY_ACCESS_KEYS", "k")
                .property("ai-proxy.port", "9000")
                .config();
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.isOpen()).isFalse();
        assertThat(config.port()).isEqualTo(9000);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', 8317",
        "1, '', '', '', 1",
        "1, 2, '', '', 2",
        "1, '', 3, '', 3",
        "1, 2, 3, 4, 4",
        "1, '', '', 4, 4",
    })
    void port_isTakenFromTheHighestRank(String port, String ours, String dotEnv, String flag, int expected) {
        Loading loading = new Loading(directory).variable("PORT", port).variable("AI_PROXY_PORT", ours);
        if (!dotEnv.isEmpty()) {
            loading.file(".env", "AI_PROXY_PORT=" + dotEnv);
        }
        if (!flag.isEmpty()) {
            loading.property("ai-proxy.port", flag);
        }
        assertThat(loading.config().port()).isEqualTo(expected);
        assertThat(ConfigLoader.frameworkSettings(loading.sources()).port()).isEqualTo(expected);
    }

    @Test
    void portVariable_outranksTheFile_andIsNamedWhenWrong() {
        assertThat(new Loading(directory)
                        .yaml("port: 1")
                        .variable("PORT", "2")
                        .config()
                        .port())
                .isEqualTo(2);
        assertThat(new Loading(directory).variable("PORT", "many").problems())
                .containsExactly("environment variable PORT: port must be a whole number from 0 to 65535");
    }

    @Test
    void configPath_namesTheFile_behindOurVariable() {
        Loading loading = new Loading(directory)
                .file("a.yaml", "ai-proxy: { port: 1 }")
                .file("b.yaml", "ai-proxy: { port: 2 }")
                .variable("CONFIG_PATH", "a.yaml");
        assertThat(loading.config().port()).isEqualTo(1);
        assertThat(loading.variable("AI_PROXY_CONFIG", "b.yaml").config().port())
                .isEqualTo(2);
        assertThat(loading.property("ai-proxy.config", "a.yaml").config().port())
                .isEqualTo(1);
        assertThat(new Loading(directory).variable("CONFIG_PATH", "c.yaml").problems())
                .containsExactly("environment variable CONFIG_PATH: the file c.yaml cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "debug|debug",
                "ai_proxy=debug|debug",
                "info,ai_proxy=TRACE|trace",
                "ai_proxy=debug,hyper=warn|debug",
                "ai_proxy_server::dispatch=warn|warn",
                "hyper=warn|''",
                "loud|''",
                "''|''"
            })
    void rustLog_isUnderstood(String filter, String level) {
        assertThat(ForeignVariables.level(filter).orElse("")).isEqualTo(level);
    }

    @Test
    void rustLog_outranksOurVariable() {
        Environment first = new ForeignVariables(java.util.Map.of("RUST_LOG", "debug")).beforeOurs();
        assertThat(first.text("AI_PROXY_LOG_LEVEL"))
                .contains(new Node.Text("debug", true, "environment variable RUST_LOG"));
    }

    private static String proxy(EndpointConfig endpoint) {
        return endpoint.link()
                .proxy()
                .toward(true, "api.example.com", 443)
                .map(proxy -> proxy.host() + ":" + proxy.port())
                .orElse("none");
    }

    private static List<String> providers(GatewayConfig config) {
        return config.providers().stream()
                .map(provider -> provider.name() + " " + provider.type().label() + " "
                        + provider.keys().size() + " w" + provider.share().weight())
                .toList();
    }

    private GatewayConfig sample(String gateway) throws IOException {
        return load(source(gateway)).config();
    }

    private LoadedConfig load(String text) {
        return foreign(text).load();
    }

    private Loading foreign(String text) {
        return new Loading(directory).file("gateway.conf", text).property("ai-proxy.config", "gateway.conf");
    }

    private static String source(String gateway) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/imports", gateway + "-sample"))) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("source."))
                            .findFirst()
                            .orElseThrow());
        }
    }
}
