package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the packaged gateway starts, or refuses to (behaviour reference, rows 1 to 27). */
class StartIT {
    private static final int DEFAULT_PORT = 8317;

    @TempDir
    Path directory;

    /**
     * Rows 1, 2, 10, 13, 14, X-05 and T-06: file, {@code PORT}, {@code .env}, our variable and the flag, each with a port of
     * its own, up to a rank.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void port_isThatOfTheHighestRank_andNoOtherIsOpen(int rank) throws Exception {
        List<Integer> ports = freePorts();
        put("application.yaml", "ai-proxy: { port: %d }".formatted(ports.get(0)));
        Map<String, String> environment = new HashMap<>();
        if (rank > 0) {
            environment.put("PORT", ports.get(1).toString());
        }
        if (rank > 1) {
            put(".env", "AI_PROXY_PORT=" + ports.get(2));
        }
        if (rank > 2) {
            environment.put("AI_PROXY_PORT", ports.get(3).toString());
        }
        String[] flags = rank > 3 ? new String[] {"-p", ports.get(4).toString()} : new String[0];
        try (GatewayProcess gateway = GatewayProcess.start(directory, environment, flags)) {
            String url = gateway.awaitUrl();
            assertThat(url).endsWith(":" + ports.get(rank));
            assertThat(get(url + "/health").statusCode()).isEqualTo(200);
            for (int port : ports) {
                assertThat(accepts("127.0.0.1", port)).isEqualTo(port == ports.get(rank));
            }
        }
    }

    /** Rows 3 and 10. */
    @ParameterizedTest
    @CsvSource({"'', 127.0.0.2, 127.0.0.1", "--host 127.0.0.1, 127.0.0.1, 127.0.0.2"})
    void host_isThatOfTheHighestRank_andNoOtherAnswers(String flag, String open, String closed) throws Exception {
        put("application.yaml", "ai-proxy: { port: 0, host: 0.0.0.0, access-keys: [ k ] }");
        String[] flags = flag.isEmpty() ? new String[0] : flag.split(" ");
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of("AI_PROXY_HOST", "127.0.0.2"), flags)) {
            URI url = URI.create(gateway.awaitUrl());
            assertThat(url.getHost()).isEqualTo(open);
            assertThat(accepts(open, url.getPort())).isTrue();
            assertThat(accepts(closed, url.getPort())).isFalse();
        }
    }

    /** Row 4. */
    @Test
    void accessKey_ofTheFlag_takesThePlaceOfTheFiles() throws Exception {
        put("application.yaml", "ai-proxy: { port: 0, access-keys: [ of-the-file ] }");
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of(), "-k", "of-the-flag")) {
            String models = gateway.awaitUrl() + "/v1/models";
            assertThat(get(models, "authorization", "Bearer of-the-flag").statusCode())
                    .isEqualTo(200);
            assertThat(get(models, "authorization", "Bearer of-the-file").statusCode())
                    .isEqualTo(401);
            assertThat(gateway.output()).doesNotContain("of-the-f");
        }
    }

    /** Rows 6, 9 and 12. */
    @ParameterizedTest
    @CsvSource({
        "-c elsewhere.yaml, '', ''",
        "--config elsewhere.yaml, AI_PROXY_CONFIG, application.yaml",
        "-config elsewhere.yaml, '', ''",
        "'', AI_PROXY_CONFIG, elsewhere.yaml",
        "'', CONFIG_PATH, elsewhere.yaml"
    })
    void file_thatIsNamed_isUsed(String flag, String variable, String value) throws Exception {
        put("application.yaml", "ai-proxy: { port: 0, providers: [ { name: usual, type: demo } ] }");
        put("elsewhere.yaml", "ai-proxy: { port: 0, providers: [ { name: named, type: demo } ] }");
        Map<String, String> environment = variable.isEmpty() ? Map.of() : Map.of(variable, value);
        String[] flags = flag.isEmpty() ? new String[0] : flag.split(" ");
        try (GatewayProcess gateway = GatewayProcess.start(directory, environment, flags)) {
            assertThat(get(gateway.awaitUrl() + "/health").body())
                    .contains("\"named\"")
                    .doesNotContain("\"usual\"");
        }
    }

    /** Row 5: the flag outranks the file, which says the opposite. */
    @ParameterizedTest
    @CsvSource({"--no-logger, true, 0", "--logger, false, 1"})
    void logger_isThatOfTheFlag(String flag, boolean file, int lines) throws Exception {
        put("application.yaml", "ai-proxy: { port: 0, log: { requests: %s } }".formatted(file));
        assertThat(linesAbout("/v1/models", Map.of(), flag)).isEqualTo(lines);
    }

    /** Rows 7 and 11: a probe that succeeds is told at debug only. */
    @ParameterizedTest
    @CsvSource({
        "'', '', '', 0",
        "--log-level=debug, info, info, 1",
        "--log-level=info, debug, debug, 0",
        "'', debug, '', 1",
        "'', info, debug, 1",
        "'', debug, info, 0"
    })
    void logLevel_isThatOfTheHighestRank(String flag, String ours, String rustLog, int lines) throws Exception {
        put("application.yaml", "ai-proxy: { port: 0 }");
        String[] flags = flag.isEmpty() ? new String[0] : new String[] {flag};
        assertThat(linesAbout("/health", Map.of("AI_PROXY_LOG_LEVEL", ours, "RUST_LOG", rustLog), flags))
                .isEqualTo(lines);
    }

    /** How many log lines there are of a request, once the gateway has ended. */
    private int linesAbout(String path, Map<String, String> environment, String... flags) throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(directory, environment, flags)) {
            assertThat(get(gateway.awaitUrl() + path, "x-request-id", "id-of-this-test")
                            .statusCode())
                    .isEqualTo(200);
            gateway.signal("TERM");
            assertThat(gateway.awaitEnd()).isZero();
            return (int) gateway.output()
                    .lines()
                    .filter(line -> line.contains("id-of-this-test"))
                    .count();
        }
    }

    /** Row 14. */
    @Test
    void dotEnv_thatIsBroken_isNoObstacle() throws Exception {
        put(".env", "= \n'AI_PROXY_PORT\nAI_PROXY_DEFAULT_MODEL=m\n\"");
        put("application.yaml", "ai-proxy: { port: 0 }");
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of())) {
            assertThat(get(gateway.awaitUrl() + "/health").statusCode()).isEqualTo(200);
        }
    }

    /** Rows 15 and T-08. */
    @Test
    void nothing_anywhere_isTheDemo_forThisMachineOnly() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of(), "--port", "0")) {
            URI url = URI.create(gateway.awaitUrl());
            assertThat(url.getHost()).isEqualTo("127.0.0.1");
            assertThat(accepts("127.0.0.2", url.getPort())).isFalse();
            gateway.awaitLine(line -> line.contains("DEMO: no real provider is configured, answers are canned."));
            assertThat(get(url + "/v1/models").body()).contains("\"demo\"");
        }
        try (GatewayProcess check = GatewayProcess.start(directory, Map.of(), "check")) {
            assertThat(check.awaitEnd()).isZero();
            assertThat(check.output()).contains("http://127.0.0.1:" + DEFAULT_PORT);
        }
    }

    /** Row 8. */
    @ParameterizedTest
    @CsvSource({"--version, ai-gateway ", "--help, Usage: ai-gateway"})
    void helpAndVersion_onlyTell(String flag, String beginning) {
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of(), flag)) {
            assertThat(gateway.awaitEnd()).isZero();
            assertThat(gateway.output()).startsWith(beginning).doesNotContain("serves http");
        }
    }

    /** Rows 21, 22, 23 and 24, whose unknown key is refused here (docs/differences.md); R-01, G-21. */
    @ParameterizedTest
    @CsvSource({
        "'routing: { strategy: sometimes }', 'application.yaml:2: routing.strategy must be one of'",
        "'providers: [ { type: tcp } ]', 'application.yaml:2: providers[0].type must be one of'",
        "port: 70000, 'application.yaml:2: port must be a whole number from 0 to 65535'",
        "'providers: [ { type: demo, weight: -1 } ]', 'application.yaml:2: providers[0].weight must be'",
        "'providers: [ { name: twin, type: demo }, { name: twin, type: demo } ]', twin",
        "prot: 1, 'application.yaml:2: prot is not a known key; did you mean ''port''?'",
        "port: [, 'application.yaml:3:1: is not valid YAML'"
    })
    void configuration_thatIsWrong_isRefusedWithItsPlace(String setting, String message) throws Exception {
        put("application.yaml", "ai-proxy:\n  " + setting + "\n");
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of())) {
            assertThat(gateway.awaitEnd()).isEqualTo(2);
            assertThat(gateway.output()).startsWith("error: ").contains(message).doesNotContain("serves http");
        }
    }

    /** Row 25. */
    @ParameterizedTest
    @CsvSource({"port: 1, 0, The configuration is good.", "port: x, 2, error: application.yaml:2: port must be"})
    void check_tellsWhetherTheConfigurationIsGood_andServesNothing(String setting, int code, String beginning)
            throws Exception {
        put("application.yaml", "ai-proxy:\n  " + setting + "\n");
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of(), "check")) {
            assertThat(gateway.awaitEnd()).isEqualTo(code);
            assertThat(gateway.output()).startsWith(beginning).doesNotContain("serves http");
        }
    }

    /** Row 26. */
    @Test
    void schema_isPrinted_whateverTheConfiguration() throws Exception {
        put("application.yaml", "prot: [");
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of(), "schema")) {
            assertThat(gateway.awaitEnd()).isZero();
            assertThat(gateway.output() + "\n").isEqualTo(Files.readString(Path.of("docs/application.schema.json")));
        }
    }

    @Test
    void portInUse_isToldAndEndsTheStart() throws Exception {
        put("application.yaml", "ai-proxy: { port: 0 }");
        try (GatewayProcess first = GatewayProcess.start(directory, Map.of())) {
            int port = URI.create(first.awaitUrl()).getPort();
            try (GatewayProcess second = GatewayProcess.start(directory, Map.of(), "-p", String.valueOf(port))) {
                assertThat(second.awaitEnd()).isPositive();
                assertThat(second.output())
                        .contains("error: cannot listen on 127.0.0.1:" + port + ": the port is in use")
                        .doesNotContain("\tat ");
            }
            assertThat(first.isAlive()).isTrue();
        }
    }

    /** Row 27. */
    @Test
    void banner_namesAddressAndProviders_andNoKey() throws Exception {
        put("application.yaml", """
                ai-proxy:
                  port: 0
                  access-keys: [ canary-access ]
                  proxy-url: http://user:canary-password@127.0.0.1:1
                  headers: { x-own: canary-header }
                  providers:
                    - { name: first-one, type: openai, api-keys: [ canary-openai ], models: [ gpt-4o ] }
                    - { name: second-one, type: anthropic, api-keys: [ canary-anthropic ] }
                """);
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of())) {
            gateway.awaitUrl();
            gateway.awaitLine(line -> line.contains("first-one (openai)"));
            gateway.awaitLine(line -> line.contains("second-one (anthropic)"));
            assertThat(gateway.output()).doesNotContain("canary");
        }
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static HttpResponse<String> get(String url, String... header) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (header.length > 0) {
            request.headers(header);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean accepts(String host, int port) {
        try (Socket socket = new Socket(host, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Five that nobody has; the system does not give them out again at once. */
    private static List<Integer> freePorts() throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                Socket socket = new Socket();
                held.add(socket);
                socket.bind(new InetSocketAddress("127.0.0.1", 0));
            }
            return held.stream().map(Socket::getLocalPort).toList();
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }
}
