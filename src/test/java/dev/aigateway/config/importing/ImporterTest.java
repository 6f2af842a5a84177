package dev.aigateway.config.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose file it is, and what is said about one that cannot be used. */
class ImporterTest {
    private static final String XLING = "{ \"providers\": [ { \"name\": \"a\", \"baseUrl\": \"https://a.example.com\","
            + " \"apiKey\": \"k\", \"models\": [ \"m\" ] } ] }";

    static List<Arguments> shapes() {
        return List.of(
                Arguments.of(XLING, "xling proxy"),
                Arguments.of(XLING.replace("{ \"providers\"", "{ \"proxy\": { \"providers\"") + "}", "xling proxy"),
                Arguments.of(XLING.replace("{ \"providers\"", "{ \"prompt\": { \"providers\"") + "}", "xling proxy"),
                Arguments.of(
                        "providers:\n- name: a\n  baseUrl: https://a.example.com\n  apiKey: k\n  models: [m]\n",
                        "xling proxy"),
                Arguments.of("claude-api-key:\n- api-key: k\n", "ai-proxy (Rust)"),
                Arguments.of("port: 1\nopenai-compatibility: []\n", "ai-proxy (Rust)"),
                Arguments.of("request-retry: 3\n", "ai-proxy (Rust)"),
                Arguments.of("upstreams:\n- name: a\n  base_url: https://a.example.com\n  token: k\n", "aiproxy (Go)"),
                Arguments.of("upstreams: []\n", "aiproxy (Go)"),
                Arguments.of("[server]\nport = 1\n[endpoints]\n", "llm-api-proxy"),
                Arguments.of("\n# c\nserver = { target_base = \"https://a.example.com\" }\n", "llm-api-proxy"),
                Arguments.of("endpoints.a.proxy_url = \"http://p.example.com\"\n", "llm-api-proxy"),
                Arguments.of("upstream_url: https://a.example.com\n", "proxx"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void file_isRecognisedByItsKeys(String text, String gateway) {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        Import.Done.class, done -> assertThat(done.gateway()).isEqualTo(gateway));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "just a text",
                "[1, 2]",
                "ai-proxy:\n  port: 1\n",
                "ai-proxy: { port: 1 }\nupstreams: []\n",
                "{ \"ai-proxy\": { \"port\": 1 } }",
                "{ai-proxy: {port: 1}}",
                "quarkus:\n  log:\n    level: INFO\n",
                "port: 1\nhost: 127.0.0.1\n",
                "providers:\n- name: openai\n  api-keys: [k]\n",
                "providers:\n  openai: { api-keys: [k] }\n",
                "endpoints:\n  a: { target-base: https://a.example.com }\n",
                "[package]\nname = \"x\"\n"
            })
    void otherFiles_areLeftAlone(String text) {
        assertThat(read(text)).isEqualTo(new Import.Unknown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"providers\": [ }|1:18|is not valid JSON: something else is expected here",
                "{ \"providers\": [ { \"apiKey\": 1, } ] }|1:33|is not valid JSON: something else is expected here",
                "{ \"a\": 1, \"a\": 2 }|1:14|is not valid JSON: a key is there twice",
                "{ \"a\": 1|1:9|is not valid JSON: it ends too early",
                "{ \"a\": 1 } x|1:12|is not valid JSON: something else is expected here",
                "upstreams: [ a|1:15|is not valid YAML: expected ',' or ']', but got <stream end>",
                "a: 1%na: 2|2:1|is not valid YAML: a key is there twice",
                "[server]%nport = 1 2|2:10|is not valid TOML",
            })
    void brokenFile_isToldWithLineAndColumn(String text, String place, String message) {
        assertThat(read(text.replace("%n", "\n")))
                .isEqualTo(new Import.Broken(message.contains("YAML"), new Remark(place, "", message)));
    }

    @Test
    void twoShapesAtOnce_areRefused() {
        assertThat(problems("upstreams: []\nupstream_url: https://a.example.com\n"))
                .containsExactly("f:  holds keys of aiproxy (Go) and of proxx; keep those of one of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routing: { strategy: best }%nclaude-api-key: []|f:1: routing.strategy must be one of round-robin, fill-first",
                "claude-api-key:%n- base-url: x|f:2: claude-api-key[0] needs an api-key",
                "claude-api-key:%n- { api-key: k, models: [ { alias: a } ] }|f:2: claude-api-key[0].models[0] needs an id",
                "claude-api-key: [ k ]|f:1: claude-api-key[0] must be a group of keys",
                "claude-api-key: k|f:1: claude-api-key must be a list of groups",
                "claude-api-key: []%nport: 70000|f:2: port must be a whole number from 0 to 65535",
                "openai-api-key:%n- { api-key: k, wire-api: soap }|f:2: openai-api-key[0].wire-api must be one of chat, responses",
                "openai-api-key:%n- { api-key: k, disabled: maybe }|f:2: openai-api-key[0].disabled must be true or false",
                "openai-api-key: []%ntls: { enable: true, cert: a }|f:2: tls needs cert and key when it is enabled",
                "upstreams:%n- { name: a, api_type: soap, base_url: b }|f:2: upstreams[0].api_type must be one of anthropic, openai, gemini, responses",
                "upstreams:%n- { name: a, token: k }|f:2: upstreams[0] needs a base_url",
                "upstreams:%n- { name: a, base_url: b }%n- { name: A, base_url: b }|f:3: upstreams[1].name is the name of another upstream too",
                "upstreams: []%nlisten: here|f:2: listen must be a port, such as :8080",
                "upstreams: []%nlisten: [ 1 ]|f:2: listen must be one value",
                "upstream_url: b%ntemperature: warm|f:2: temperature must be a number",
                "upstream_url: b%nmax_retries: -1|f:2: max_retries must be a whole number from 0 to 100",
                "{\"proxy\": {}, \"providers\": []}|f:1: providers must hold at least one provider",
                "{\"proxy\": {\"loadBalance\": \"best\"},%n\"providers\": [ {\"name\":\"a\",\"baseUrl\":\"b\",\"models\":[\"m\"]} ]}|f:1: proxy.loadBalance must be one of failover, round-robin, random, weighted",
                "{\"providers\": [ {\"name\":\"a\",\"baseUrl\":\"b\",\"models\":[\"m\"],%n\"weight\":-1} ]}|f:2: providers[0].weight must be a whole number from 1 to 1000000",
                "{\"providers\": [ {\"name\":\"a\",\"baseUrl\":\"b\",\"models\":[\"m\"]},%n{\"name\":\"a\",\"baseUrl\":\"b\",\"models\":[\"m\"]} ]}|f:2: providers[1].name is the name of another provider too",
            })
    void wrongValue_isToldWithLineAndKey(String text, String problem) {
        assertThat(problems(text.replace("%n", "\n"))).containsExactly(problem);
    }

    /** G-11. */
    @ParameterizedTest
    @CsvSource({
        ":8080, 127.0.0.1, 8080",
        "8080, 127.0.0.1, 8080",
        "0.0.0.0:8080, 0.0.0.0, 8080",
        "'[::1]:8080', '\"[::1]\"', 8080",
        "localhost:1, localhost, 1"
    })
    void goListen_isUnderstoodInAllSpellings(String listen, String host, int port) {
        assertThat(yaml("upstreams: []\nlisten: '" + listen + "'\n"))
                .contains("  host: " + host + "\n", "  port: " + port + "\n");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, false", "localhost, false", "'::1', false", "0.0.0.0, true", "'::', true", "10.0.0.1, true"
    })
    void rustWithoutKeys_isOpenToOthers_onlyWhereTheyReachIt(String host, boolean open) {
        Import result = read("claude-api-key:\n- api-key: k\nhost: '" + host + "'\n");
        assertThat(((Import.Done) result).yaml().contains("allow-anonymous: true"))
                .isEqualTo(open);
        assertThat(((Import.Done) result).warnings()).hasSize(open ? 1 : 0);
    }

    @Test
    void goBind_empty_isEveryAddress() {
        assertThat(yaml("upstreams: []\nbind: ''\n")).contains("  host: 0.0.0.0\n");
    }

    /** */
    @ParameterizedTest
    @CsvSource({"request-retry: 0, 0", "request-retry: 4, 3", "'retry: { max-retries: 1 }', 0", "debug: true, 2"})
    void rustRounds_becomeRetries(String line, int retries) {
        assertThat(yaml("claude-api-key: []\n" + line + "\n")).contains("    max-retries: " + retries + "\n");
    }

    @Test
    void names_areOfOurFormAndUnique() {
        String upstreams =
                "upstreams:\n- { name: 'a b', base_url: b }\n- { name: 'a-b', base_url: b }\n- { name: '!', base_url: b }\n- { name: '?', base_url: b }\n";
        assertThat(yaml(upstreams).lines().map(String::trim).filter(line -> line.startsWith("- name")))
                .containsExactly("- name: a-b", "- name: a-b-2", "- name: anthropic", "- name: anthropic-2");
    }

    @Test
    void endpointNames_areOfOurFormAndUnique_andGoodOnesStay() {
        Import result = read("""
                [server]
                [endpoints.openai]
                [endpoints."openai!"]
                [endpoints."a b"]
                [endpoints.openai-endpoint]
                [endpoints."!"]
                """);
        assertThat(result).isInstanceOfSatisfying(Import.Done.class, done -> {
            assertThat(done.yaml().lines().map(String::trim))
                    .containsSubsequence(
                            "# was: endpoints.openai (is reached at /openai-endpoint-2 now)",
                            "openai-endpoint-2:",
                            "# was: \"endpoints.openai!\" (is reached at /openai-endpoint-3 now)",
                            "openai-endpoint-3:",
                            "a-b:",
                            "openai-endpoint:",
                            "endpoint:");
            assertThat(done.warnings())
                    .extracting(Remark::key)
                    .contains("endpoints.openai", "endpoints.openai!", "endpoints.a b", "endpoints.!")
                    .doesNotContain("endpoints.openai-endpoint");
            assertThat(done.warnings())
                    .extracting(Remark::message)
                    .anyMatch(message -> message.startsWith("is called a-b here and reached at /a-b: "));
        });
    }

    @Test
    void hostileTexts_stayTexts() {
        String yaml =
                yaml("upstream_url: \"https://a.example.com\"\n\"x\\n  port: 1\": \"y\\nproviders: []\\u2028\\\"\"\n");
        assertThat(yaml).contains("# was: \"x\\n  port: 1\": \"y\\nproviders: []\\u2028\\\"\" (not a known key)\n");
    }

    @Test
    void xlingOldForm_hasItsProvidersBelowPrompt() {
        String yaml = yaml(XLING.replace("{ \"providers\"", "{ \"prompt\": { \"model\": \"x\", \"providers\"") + "}");
        assertThat(yaml).contains("    - name: a\n", "# was: prompt.model: x (not for the proxy");
        assertThat(yaml).doesNotContain("# was: prompt:");
    }

    @Test
    void mergeKeys_areFollowed() {
        assertThat(yaml("a: &a { base_url: https://a.example.com, token: k }\nupstreams:\n- { <<: *a, name: one }\n"))
                .contains("base-url: https://a.example.com", "api-keys: [ k ]");
    }

    @Test
    void warnings_holdNoValues() {
        Import result = read(
                "claude-api-key:\n- { api-key: s3cr3t, base-url: https://s3cr3t.example.com, prefix: s3cr3t, headers: { authorization: s3cr3t }, s3: s3cr3t }\n");
        assertThat(result.toString()).doesNotContain("s3cr3t");
        assertThat(((Import.Done) result).warnings()).hasSize(5);
    }

    private static String yaml(String text) {
        Import result = read(text);
        assertThat(result).isInstanceOf(Import.Done.class);
        return ((Import.Done) result).yaml();
    }

    private static List<String> problems(String text) {
        Import result = read(text);
        assertThat(result).isInstanceOf(Import.Refused.class);
        return ((Import.Refused) result)
                .problems().stream()
                        .map(remark -> remark.at("f") + ": " + remark.key() + " " + remark.message())
                        .toList();
    }

    private static Import read(String text) {
        return Importer.read(
                text,
                new OurNames(
                        name -> name.equalsIgnoreCase("authorization"),
                        name -> name.matches("[a-z0-9-]+") && !name.equals("openai")));
    }
}
