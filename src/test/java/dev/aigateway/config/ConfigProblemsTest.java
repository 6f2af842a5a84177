package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and what people are told. */
class ConfigProblemsTest {
    @TempDir
    Path directory;

    private Loading loading;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: abc | port must be a whole number from 0 to 65535",
                "port: 65536 | port must be a whole number from 0 to 65535",
                "port: -1 | port must be a whole number from 0 to 65535",
                "port: 99999999999 | port must be a whole number from 0 to 65535",
                "port: [ 1 ] | port must be one value, not a list",
                "port: { a: 1 } | port must be one value, not a group of keys",
                "host: a b | host must be an address or a host name, such as 127.0.0.1 or 0.0.0.0",
                "access-keys: a | access-keys must be a list, such as [a, b]",
                "access-keys: { a: b } | access-keys must be a list, such as [a, b]",
                "access-keys: [ '' ] | access-keys[0] must not be an empty key; remove the entry or give it a value",
                "access-keys: [ ~ ] | access-keys[0] must not be empty",
                "access-keys: [ 'a b' ] | access-keys[0] must be a key of visible ASCII characters without spaces",
                "access-keys: [ '${UNSET}' ] | access-keys[0] needs the variable UNSET, which is not set; set it or give a default: ${UNSET:default}",
                "admin: { keys: a } | admin.keys must be a list, such as [a, b]",
                "admin: { allow-remote: maybe } | admin.allow-remote must be true or false",
                "admin: { key: a } | admin.key is not a known key; did you mean 'keys'?",
                "cors: { origins: [ chat.example.com ] } | cors.origins[0] must be an origin such as https://chat.example.com, without a path, or '*' for all, or 'null'",
                "cors: { origins: [ 'https://chat.example.com/path' ] } | cors.origins[0] must be an origin such as https://chat.example.com, without a path, or '*' for all, or 'null'",
                "routing: { list-provider-models: 2 } | routing.list-provider-models must be true or false",
                "allow-anonymous: maybe | allow-anonymous must be true or false",
                "default-model: '' | default-model must not be empty",
                "default-max-tokens: 0 | default-max-tokens must be a whole number from 1 to 100000000",
                "limits: 5 | limits must be a group of keys",
                "limits: [ 5 ] | limits must be a group of keys",
                "limits: { max-body-size: big } | limits.max-body-size must be a size, such as 20MiB, 512KiB or a number of bytes",
                "limits: { max-body-size: 0 } | limits.max-body-size must be from 1 byte to 1GiB",
                "limits: { max-event-size: 2GiB } | limits.max-event-size must be from 1 byte to 1GiB",
                "retry: { base-delay: 5 } | retry.base-delay must be a time with its unit, such as 500ms, 15s, 2m or 1h",
                "retry: { max-retries: 101 } | retry.max-retries must be a whole number from 0 to 100",
                "retry: { max-attempts: -1 } | retry.max-attempts must be a whole number from 0 to 1000",
                "retry: { jitter: some } | retry.jitter must be half or full",
                "retry: { statuses: [ 503, 200 ] } | retry.statuses[1] must be a whole number from 400 to 599",
                "streaming: { keepalive: 25h } | streaming.keepalive must be at most 24h",
                "responses-store: { ttl: 0 } | responses-store.ttl must be more than 0",
                "responses-store: { max-size: all } | responses-store.max-size must be a size, such as 20MiB, 512KiB or a number of bytes",
                "streaming: { idle-timeout: 0 } | streaming.idle-timeout must be more than 0",
                "providers: openai | providers must be a list of groups, or a group of named groups",
                "providers: [ openai ] | providers[0] must be a group of keys",
                "providers: [ ~ ] | providers[0] needs a type: anthropic, openai, gemini, responses, demo",
                "providers: [ { name: a b, type: openai, api-keys: [ k ] } ] | providers[0].name must be a name of letters, digits, '.', '_' and '-'",
                "providers: [ { type: opnai } ] | providers[0].type must be one of anthropic, openai, gemini, responses, demo; did you mean 'openai'?",
                "providers: [ { type: codex } ] | providers[0].type 'codex' is not supported by this version; supported: anthropic, openai, gemini, responses, demo",
                "providers: [ { name: x, api-keys: [ k ] } ] | providers[0] needs a type: anthropic, openai, gemini, responses, demo",
                "providers: { x: { weight: 0, type: demo } } | providers.x.weight must be a whole number from 1 to 1000000",
                "providers: [ { type: demo, models: gpt } ] | providers[0].models must be a list, such as [a, b]",
                "providers: [ { type: demo, models: [ { alias: x } ] } ] | providers[0].models[0] needs an id",
                "providers: [ { type: demo, models: [ [ x ] ] } ] | providers[0].models[0] must be one value, not a list",
                "providers: [ { type: demo, headers: { Authorization: x } } ] | providers[0].headers.Authorization is a header that the gateway sets itself; API keys belong to api-keys",
                "providers: [ { type: demo, headers: { content-length: 1 } } ] | providers[0].headers.content-length is a header that the gateway sets itself; API keys belong to api-keys",
                "providers: [ { type: demo, headers: { 'a b': x } } ] | providers[0].headers.a b is not the name of a header",
                "providers: [ { type: demo, headers: { x-a: \"a\\nb\" } } ] | providers[0].headers.x-a must be visible ASCII text in one line",
                "providers: [ { type: demo, ca-certificate: /no/such/file } ] | providers[0].ca-certificate must be the path of a file that can be read",
                "providers: [ { type: demo, base-url: 'ftp://x' } ] | providers[0].base-url must be an http or https URL, such as https://api.example.com/v1",
                "providers: [ { type: openai, serves: [ embedings ] } ] | providers[0].serves[0] must be one of embeddings, images, audio, moderations, rerank, compaction; did you mean 'embeddings'?",
                "providers: [ { type: demo, serves: [ audio ] } ] | providers[0] has serves, which only providers of type openai or responses take",
                "tls: {} | tls needs cert and key, the paths of two PEM files",
                "tls: { cert: src/test/resources/tls/upstream-cert.pem } | tls needs cert and key, the paths of two PEM files",
                "tls: { cert: /no/such/file, key: src/test/resources/tls/upstream-key.pem } | tls.cert must be the path of a file that can be read",
                "tls: { cert: pom.xml, key: src/test/resources/tls/upstream-key.pem } | tls.cert must be a PEM file with a certificate",
                "tls: { cert: src/test/resources/tls/upstream-cert.pem, key: pom.xml } | tls.key must be a PEM file with a private key that has no password",
                "tls: { cert: src/test/resources/tls/upstream-cert.pem, key: src/test/resources/tls/upstream-key.pem, client-auth: maybe } | tls.client-auth must be one of none, request, required",
                "tls: { cert: src/test/resources/tls/upstream-cert.pem, key: src/test/resources/tls/upstream-key.pem, client-auth: required } | tls needs client-ca, the path of a PEM file, to know the clients' certificates",
                "tls: { cert: src/test/resources/tls/upstream-cert.pem, key: src/test/resources/tls/upstream-key.pem, reload-period: 50ms } | tls.reload-period must be at least 1s",
                "tls: { cert: src/test/resources/tls/upstream-cert.pem, key: src/test/resources/tls/renewed-key.pem } | tls has a cert and a key that do not belong together: tls.key must be the private key of the first certificate in tls.cert",
                "tls: { cert: src/test/resources/tls/renewed-cert.pem, key: src/test/resources/tls/upstream-key-sec1.pem } | tls has a cert and a key that do not belong together: tls.key must be the private key of the first certificate in tls.cert",
                "tls: { cert: src/test/resources/tls/upstream-cert.pem, key: src/test/resources/tls/rsa-key-pkcs1.pem } | tls has a cert and a key that do not belong together: tls.key must be the private key of the first certificate in tls.cert",
                "tls: { cert: src/test/resources/tls/rsa-cert.pem, key: src/test/resources/tls/upstream-key.pem } | tls has a cert and a key that do not belong together: tls.key must be the private key of the first certificate in tls.cert",
                "shutdown-timeout: 5 | shutdown-timeout must be a time with its unit, such as 500ms, 15s, 2m or 1h",
                "reload-interval: -1s | reload-interval must be a time with its unit, such as 500ms, 15s, 2m or 1h",
                "strict-translation: 1 | strict-translation must be true or false",
                "request-log: [] | request-log must be one value, not a list",
                "log: { level: loud } | log.level must be one of off, error, warn, info, debug, trace",
                "log: { format: xml } | log.format must be one of text, json",
                "log: { requests: 5 } | log.requests must be true or false",
                "log: { bodies: 5 } | log.bodies must be true or false",
                "log: { file: x.log } | log.file must be a group of keys",
                "log: { file: { max-size: 1MiB } } | log.file needs path, the file to write to",
                "log: { file: { path: src } } | log.file.path must be the path of a file, not of a folder",
                "log: { file: { path: pom.xml/x.log } } | log.file.path must be the path of a file that can be written",
                "log: { file: { path: x.log, max-size: 2TiB } } | log.file.max-size must be a size, such as 20MiB, 512KiB or a number of bytes",
                "log: { file: { path: x.log, max-size: 2000GiB } } | log.file.max-size must be from 1 byte to 1TiB",
                "log: { file: { path: x.log, max-age: 5y } } | log.file.max-age must be a time with its unit, such as 12h or 28d",
                "log: { file: { path: x.log, max-backups: -1 } } | log.file.max-backups must be a whole number from 0 to 10000"
            })
    void value_ofTheWrongKind_isRefusedWithItsPlace(String yaml, String message) {
        assertThat(loading.yaml(yaml).problems()).containsExactly("application.yaml:2: " + message);
    }

    @Test
    void wrongValueOfAProvider_isToldOnce_andThatOfAKeyWithTheKey() {
        assertThat(loading.yaml("""
                        providers:
                          - type: anthropic
                            proxy-url: ftp://a
                            wire-api: chat
                            timeouts: { idle: soon }
                            models: [ { alias: a } ]
                            headers: { te: b }
                            api-keys:
                              - { key: a }
                              - key: b
                                proxy-url: ftp://b
                        """).problems())
                .extracting(problem -> problem.replaceFirst("^(\\S+: \\S+).*", "$1"))
                .containsExactlyInAnyOrder(
                        "application.yaml:3: providers[0]",
                        "application.yaml:4: providers[0].proxy-url",
                        "application.yaml:6: providers[0].timeouts.idle",
                        "application.yaml:7: providers[0].models[0]",
                        "application.yaml:8: providers[0].headers.te",
                        "application.yaml:12: providers[0].api-keys[1].proxy-url");
    }

    @ParameterizedTest
    @CsvSource({
        "upstream-cert, upstream-key",
        "upstream-cert, upstream-key-sec1",
        "renewed-cert, renewed-key",
        "rsa-cert, rsa-key-pkcs1"
    })
    void certificateAndItsOwnKey_inAnyForm_areTaken(String cert, String key) {
        String tls = "tls: { cert: src/test/resources/tls/%s.pem, key: src/test/resources/tls/%s.pem }";
        assertThat(loading.yaml(tls.formatted(cert, key)).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prot: 1 | prot is not a known key; did you mean 'port'?",
                "accessKeys: [ a ] | accessKeys is not a known key; did you mean 'access-keys'?",
                "limits: { max-boddy-size: 1 } | limits.max-boddy-size is not a known key; did you mean 'max-body-size'?",
                "providers: [ { type: demo, wieght: 1 } ] | providers[0].wieght is not a known key; did you mean 'weight'?"
            })
    void key_thatIsUnknown_isRefusedWithTheNearest(String yaml, String message) {
        assertThat(loading.yaml(yaml).problems()).containsExactly("application.yaml:2: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config: x.yaml | config is not a known key",
                "queue: { zzzzzzzz: 1 } | queue.zzzzzzzz is not a known key; known here: size, timeout"
            })
    void key_thatIsLikeNoOther_isRefusedWithThoseThatAreKnown_ifTheyAreFew(String yaml, String message) {
        assertThat(loading.yaml(yaml).problems()).containsExactly("application.yaml:2: " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "AI_PROXY_PROT,; did you mean 'AI_PROXY_PORT'?",
        "AI_PROXY_ACCES_KEYS,; did you mean 'AI_PROXY_ACCESS_KEYS'?",
        "AI_PROXY_SOMETHING_ELSE_ENTIRELY,''"
    })
    void variable_thatIsUnknown_isRefusedWithTheNearest(String name, String hint) {
        assertThat(loading.variable(name, "x").problems())
                .containsExactly("environment variable " + name + ": is not a known setting" + hint);
    }

    @Test
    void value_inAVariable_isReportedByTheVariable() {
        assertThat(loading.variable("AI_PROXY_PORT", "x").problems())
                .containsExactly("environment variable AI_PROXY_PORT: port must be a whole number from 0 to 65535");
        assertThat(loading.property("ai-proxy.port", "y").problems())
                .containsExactly("system property ai-proxy.port: port must be a whole number from 0 to 65535");
        loading.property("ai-proxy.port", "1").variable("AI_PROXY_PORT", "").file(".env", "AI_PROXY_HOST=?");
        assertThat(loading.problems())
                .containsExactly(
                        ".env AI_PROXY_HOST: host must be an address or a host name, such as 127.0.0.1 or 0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({"AI_PROXY_ACCESS_KEYS,[a", "AI_PROXY_ACCESS_KEYS,{a: b}", "AI_PROXY_PROVIDERS_0_MODELS,[a"})
    void list_inAVariable_thatIsNone_isRefused(String name, String value) {
        loading.yaml("providers: [ { type: demo } ]").variable(name, value);
        assertThat(loading.problems()).singleElement().asString().endsWith("must be a list, such as [a, b]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.1", "gateway.example.com"})
    void host_forOthers_withoutKeys_isRefusedWithTheWayOut(String host) {
        assertThat(loading.yaml("host: '" + host + "'").problems())
                .containsExactly("application.yaml:2: host can be reached from other machines, but there are no access"
                        + " keys; set access-keys, or allow-anonymous: true to serve everybody, or host: 127.0.0.1");
    }

    @Test
    void providers_withTheSameName_areRefused() {
        assertThat(loading.yaml("""
                        providers:
                          - { type: openai, api-keys: [ a ] }
                          - { type: openai, api-keys: [ b ] }
                        """).problems())
                .containsExactly("application.yaml:4: providers[1] has the name 'openai', which another provider has;"
                        + " give it a name of its own");
    }

    @Test
    void everything_thatIsWrong_isReportedAtOnce() {
        List<String> problems = loading.file("application.yaml", """
                        extra: 1
                        ai-proxy:
                          port: x
                          port: y
                          prot: 1
                          providers:
                            - type: nope
                              base-url: x
                              weight: 0
                        """)
                .variable("AI_PROXY_HOTS", "x")
                .problems();
        assertThat(problems)
                .extracting(line -> line.substring(0, line.indexOf(' ', line.indexOf(": ") + 2)))
                .containsExactlyInAnyOrder(
                        "application.yaml:1: extra",
                        "application.yaml:3: port",
                        "application.yaml:4: port",
                        "application.yaml:5: prot",
                        "application.yaml:7: providers[0].type",
                        "application.yaml:8: providers[0].base-url",
                        "application.yaml:9: providers[0].weight",
                        "environment variable AI_PROXY_HOTS: is");
    }

    @ParameterizedTest
    @CsvSource({
        "'ai-proxy:\n  port: 1\n bad', application.yaml:3:2: is not valid YAML",
        "'ai-proxy:\n\tport: 1', application.yaml:2:1: is not valid YAML",
        "'ai-proxy: [', application.yaml:1:12: is not valid YAML",
        "'a: 1\n---\nb: 1', application.yaml:2:1: is not valid YAML",
        "'- a', 'application.yaml:1: must hold the key ai-proxy, and the settings below it'",
        "'ai_proxy: {}', 'application.yaml:1: ai_proxy is not a known key; did you mean ''ai-proxy''?'",
        "'port: 1', application.yaml:1: port is not a known key; all settings stand below ai-proxy",
        "'ai-proxy: { ? [ a ] : b }', application.yaml:1: has a key that is not a plain word",
        "'ai-proxy: &a { port: *a }', application.yaml:1: is nested too deeply"
    })
    void file_thatCannotBeUsed_isRefusedWithItsPlace(String text, String beginning) {
        assertThat(loading.file("application.yaml", text).problems())
                .first()
                .asString()
                .startsWith(beginning);
    }

    @Test
    void file_thatIsNamedButMissing_isRefused() {
        loading.variable("AI_PROXY_CONFIG", "no.yaml");
        assertThat(loading.problems())
                .containsExactly("environment variable AI_PROXY_CONFIG: the file no.yaml cannot be read");
    }

    @Test
    void file_thatIsAFolderOrNoText_isRefused() throws IOException {
        Path file = Files.createDirectory(directory.resolve("application.yaml"));
        assertThat(loading.problems()).containsExactly("application.yaml: the file application.yaml cannot be read");
        Files.delete(file);
        Files.write(file, "ai-proxy: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(loading.problems()).containsExactly("application.yaml: is not a UTF-8 text");
    }

    @Test
    void secret_inAnyMessageOrText_isNeverShown() {
        String secret = "s3cr3t";
        loading.yaml("""
                        access-keys: [ "s3cr3t s3cr3t", { s: s3cr3t } ]
                        port: s3cr3t
                        request-log: s3cr3t
                        retry: { deadline: s3cr3t }
                        providers:
                          - type: openai
                            base-url: https://s3cr3t@example.com/%zz
                            api-keys: [ "s3cr3t\\n" , [ s3cr3t ] ]
                            headers: { x-a: "s3cr3t\\n" }
                          - type: s3cr3t
                          - type: openai
                            name: b
                            base-url: https://user:s3cr3t@example.com
                            api-keys: s3cr3t
                        """)
                .variable("AI_PROXY_ACCESS_KEYS", "[s3cr3t")
                .variable("AI_PROXY_PROVIDERS_0_API_KEYS", "{s3cr3t");
        assertThat(loading.problems()).hasSizeGreaterThan(8).noneMatch(line -> line.contains(secret));
        loading.file("application.yaml", "ai-proxy:\n  access-keys: [ *s3cr3t ]");
        assertThat(loading.problems()).hasSize(1).noneMatch(line -> line.contains(secret));
    }

    @Test
    void onlyKey_inAFileThatHoldsNone_isRefusedWithTheReason() {
        loading.file("key", "canary canary")
                .variable("FILE", directory.resolve("key").toString())
                .yaml(
                        "providers:\n  - { type: gemini, api-keys: [ { file: '${FILE}' }, '${UNSET}', { file: none } ] }");
        assertThat(loading.problems())
                .containsExactly(
                        "application.yaml:3: providers[0] needs at least one key in api-keys: "
                                + directory.resolve("key")
                                + " holds more than a key, which is visible ASCII characters without spaces, none does not exist");
    }

    @Test
    void secret_inAGoodConfiguration_isNotPrinted() {
        GatewayConfig config = loading.yaml("""
                        access-keys: [ s3cr3t ]
                        providers: [ { type: openai, api-keys: [ s3cr3t ], headers: { x-token: s3cr3t } } ]
                        """).config();
        assertThat(config.toString()).doesNotContain("s3cr3t").contains("***").contains("x-token");
        assertThat(config.accessKeys().getFirst().reveal()).isEqualTo("s3cr3t");
        assertThat(Map.of("key", Secret.of("s3cr3t")))
                .doesNotContainValue(Secret.of("other"))
                .hasToString("{key=***}");
    }

    @Test
    void adminKey_thatIsAnAccessKeyToo_isRefusedWithoutShowingIt() {
        assertThat(loading.yaml("access-keys: [ s3cr3t ]\nadmin: { keys: [ other, s3cr3t ] }")
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("admin has a key that is in access-keys too")
                        .doesNotContain("s3cr3t"));
    }
}
