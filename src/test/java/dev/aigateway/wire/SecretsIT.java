package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Secrets that a process is given by flags, variables, {@code .env} and files come out at none of its streams, whichever
 * command it runs. Every secret has the word {@code canary} in it. Rows 27, 226 and 227, X-22; requests are for {@code
 * CanaryTest}.
 */
class SecretsIT {
    private static final String ANY = "canary";
    private static final Path TLS = Path.of("src/test/resources/tls").toAbsolutePath();
    private static final Map<String, String> VARIABLES = Map.of(
            "OF_VARIABLE", "canary-variable",
            "UNUSED", "canary-unused",
            "AI_PROXY_ADMIN_KEYS", "canary-admin",
            "AI_PROXY_HEADERS", "{x-env: canary-header}",
            "HTTP_PROXY", "http://user:canary-proxy@127.0.0.1:1");
    private static final String CONFIGURATION = """
            ai-proxy:
              port: 0
              access-keys: [ "${OF_DOT_ENV}" ]
              reload-interval: 10ms
              log: { level: trace, format: %s }
              retry: { max-retries: 0 }
              providers:
                - { name: east, type: openai, base-url: "http://127.0.0.1:1/v1", api-keys: [ "${OF_VARIABLE}", "${NONE}", { file: token }, { file: ended } ],
                    models: [ m ], proxy-url: env }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void serving_fromStartToEnd_namesNoSecret(String format) throws Exception {
        put(".env", "OF_DOT_ENV=canary-dot-env\nUNUSED_TOO=canary-unused\n'canary-nonsense");
        putKeyFiles();
        put("application.yaml", CONFIGURATION.formatted(format));
        try (GatewayProcess gateway = GatewayProcess.start(directory, VARIABLES, "-k", "canary-flag")) {
            String line = gateway.awaitLine(said -> said.contains("ai-gateway serves "));
            String url = line.replaceFirst(".*(http://[0-9.:]+).*", "$1");
            assertThat(ask(url, "canary-wrong")).isEqualTo(401);
            assertThat(ask(url, "canary-flag")).isEqualTo(502);
            put("application.yaml", CONFIGURATION.formatted(format) + "  default-model: canary-model\n");
            gateway.awaitLine(said -> said.contains("Configuration reloaded: default-model added"));
            put("token", "canary-other-token");
            gateway.awaitLine(said -> said.contains("providers.east.api-keys[2].key changed"));
            put("application.yaml", "ai-proxy: { port: canary, access-keys: canary }");
            gateway.awaitLine(said -> said.contains("port must be a whole number"));
            gateway.signal("TERM");
            assertThat(gateway.awaitEnd()).isZero();
            assertThat(gateway.output()).doesNotContain(ANY);
        }
    }

    @Test
    void check_ofAGoodConfiguration_namesNoSecret() throws Exception {
        put(".env", "OF_DOT_ENV=canary-dot-env");
        putKeyFiles();
        put("application.yaml", CONFIGURATION.formatted("text"));
        assertThat(run(VARIABLES, 0, "check", "-k", "canary-flag"))
                .contains("The configuration is good.", "NONE", "ended holds a login that has expired")
                .doesNotContain(ANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check"})
    void refusedConfiguration_namesNoSecret(String command) throws Exception {
        put("application.yaml", """
                ai-proxy:
                  port: canary
                  access-keys: [ 'canary canary', { a: canary } ]
                  proxy-url: https://user:canary@127.0.0.1:1
                  admin: { keys: canary }
                  providers:
                    - { type: openai, api-keys: { key: canary }, base-url: "http://user:canary@127.0.0.1", headers: { x-a: "canary\\n" } }
                    - { type: anthropic, api-keys: [ "canary\\n" ], cloak: { preset: canary, headers: { "x a": canary } } }
                """);
        assertThat(run(Map.of("AI_PROXY_LOG_LEVEL", "canary", "AI_PROXY_ACCESS_KEYS_0", "canary canary"), 2, command))
                .contains("error: application.yaml:2: port must be")
                .doesNotContain(ANY);
    }

    /** The whole file is a secret, so none of its lines may be told; the one that cannot be read is quoted by no message. */
    @Test
    void keyOfTls_isTold_neitherWhenItIsGood_norWhenItIsNot() throws Exception {
        Files.copy(TLS.resolve("upstream-cert.pem"), directory.resolve("cert.pem"));
        String pem = Files.readString(TLS.resolve("upstream-key.pem"));
        put("key.pem", pem);
        put("application.yaml", "ai-proxy: { port: 0, log: { level: trace }, tls: { cert: cert.pem, key: key.pem } }");
        List<String> secret = pem.lines()
                .filter(line -> !line.startsWith("-----") && !line.isBlank())
                .toList();
        assertThat(secret).isNotEmpty();
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of())) {
            gateway.awaitUrl();
            gateway.signal("TERM");
            assertThat(gateway.awaitEnd()).isZero();
            assertThat(gateway.output()).doesNotContain(secret);
        }
        put("key.pem", "-----BEGIN PRIVATE KEY-----\ncanary+key\n-----END PRIVATE KEY-----\n");
        assertThat(run(Map.of(), 2, "check")).contains("tls.key").doesNotContain(ANY);
        assertThat(run(Map.of(), 2)).contains("tls.key").doesNotContain(ANY);
    }

    /** The converted file has the keys, since it must; nothing else has. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"proxy\":{\"accessKey\":\"canary\"},\"providers\":[{\"name\":\"a\",\"baseUrl\":\"https://a.example.com\",\"apiKey\":\"canary\",\"models\":[\"m\"],\"headers\":{\"authorization\":\"canary\"},\"own\":\"canary\"}]}",
                "claude-api-key: [ { api-key: canary, headers: { authorization: canary }, proxy-url: 'http://u:canary@p:1', own: canary } ]",
                "upstreams: [ { name: a, base_url: 'https://a.example.com', token: canary, http_headers: { authorization: canary }, own: canary } ]",
                "[endpoints.a]%ntarget_base = 'https://a.example.com'%nproxy_url = 'http://u:canary@p:1'%nown = 'canary'",
                "upstream_url: https://a.example.com%nown: canary"
            })
    void fileOfAnotherGateway_isConvertedAndUsed_withoutTellingItsSecrets(String text) throws Exception {
        put("foreign", text.replace("%n", "\n"));
        assertThat(run(Map.of(), 0, "import", "-o", "converted.yaml", "foreign"))
                .contains("converted.yaml")
                .doesNotContain(ANY);
        assertThat(run(Map.of("AI_PROXY_HOST", "127.0.0.1"), 0, "check", "-c", "foreign"))
                .contains("The configuration is good.")
                .doesNotContain(ANY);
    }

    private void putKeyFiles() throws IOException {
        put("token", "canary-token");
        put("ended", "{\"access_token\":\"canary-ended\",\"expired\":\"2020-01-01T00:00:00Z\"}");
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    /** Everything that a command says until its end. */
    private String run(Map<String, String> environment, int code, String... arguments) {
        try (GatewayProcess gateway = GatewayProcess.start(directory, environment, arguments)) {
            assertThat(gateway.awaitEnd()).as(gateway.output()).isEqualTo(code);
            return gateway.output();
        }
    }

    private static int ask(String url, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions?key=" + key))
                .header("content-type", "application/json")
                .header("cookie", "canary-cookie")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"canary-prompt\"}]}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
