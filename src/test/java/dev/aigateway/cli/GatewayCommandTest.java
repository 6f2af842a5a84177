package dev.aigateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.ConfigSchema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line, with a server that only counts. */
class GatewayCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private int served;

    @TempDir
    Path directory;

    @AfterEach
    void forgetFlags() {
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("ai-proxy."))
                .forEach(System::clearProperty);
    }

    @ParameterizedTest
    @CsvSource({
        "-p 9000, ai-proxy.port, 9000",
        "--port=9000, ai-proxy.port, 9000",
        "--host 0.0.0.0, ai-proxy.host, 0.0.0.0",
        "-c a.yaml, ai-proxy.config, a.yaml",
        "--config a.yaml, ai-proxy.config, a.yaml",
        "-config a.yaml, ai-proxy.config, a.yaml",
        "--logger, ai-proxy.log.requests, true",
        "--no-logger, ai-proxy.log.requests, false",
        "--log-level debug, ai-proxy.log.level, debug",
        "serve --port 9000, ai-proxy.port, 9000",
        "check -p 9000, ai-proxy.port, 9000"
    })
    void flag_becomesOneProperty(String line, String name, String value) {
        assertThat(flags(line.split(" "))).containsExactly(Map.entry(name, value));
    }

    @Test
    void accessKeys_areOneList_whateverTheyHold() {
        assertThat(flags("-k", "a,b", "--access-key", "c\"\\"))
                .containsExactly(Map.entry("ai-proxy.access-keys", "[\"a,b\",\"c\\\"\\\\\"]"));
    }

    @Test
    void noFlags_setNothing() {
        assertThat(flags()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve"})
    void goodConfiguration_isServed(String command) throws Exception {
        String file = configuration("access-keys: [ s3cr3t ]");
        assertThat(run((command + " -c " + file).trim().split(" "))).isZero();
        assertThat(served).isEqualTo(1);
    }

    @Test
    void check_showsASummary_andServesNothing() throws Exception {
        String file = configuration("""
                port: 9000
                  access-keys: [ s3cr3t ]
                  providers: [ { type: openai, api-keys: [ s3cr3t, "${UNSET_IN_THIS_TEST}" ], models: [ a, b, c, d, e, f, g ] } ]""");
        assertThat(run("check", "--config", file)).isZero();
        assertThat(served).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "The configuration is good.",
                        "  file       " + file,
                        "  address    http://127.0.0.1:9000",
                        "  access     1 access key(s)",
                        "  provider   openai (openai) https://api.openai.com/v1, 1 key(s), models: a, b, c, d, e and 2 more");
        assertThat(err.toString())
                .startsWith("warning: ")
                .contains("UNSET_IN_THIS_TEST")
                .doesNotContain("s3cr3t");
    }

    @Test
    void schema_isPrinted_whateverTheConfiguration() {
        assertThat(run("schema", "-c", "/no/such/file")).isZero();
        assertThat(out.toString()).isEqualTo(ConfigSchema.json());
        assertThat(served).isZero();
    }

    @Test
    void fileOfAnotherGateway_isCheckedAsIfItWereConverted() throws Exception {
        String file = Files.writeString(
                        directory.resolve("any.name"),
                        "upstreams: [ { name: a, base_url: https://a.example.com, token: s3cr3t } ]")
                .toString();
        assertThat(run("check", "-config", file)).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "  address    http://127.0.0.1:8080",
                        "  provider   a (anthropic) https://a.example.com, 1 key(s), models: any");
        assertThat(err.toString().lines())
                .containsExactly(
                        "warning: %s: is a configuration of aiproxy (Go), used as if it were converted; see the result with: ai-gateway import %s"
                                .formatted(file, file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check"})
    void badConfiguration_isToldLineByLine_andEndsWith2(String command) throws Exception {
        String file = configuration("prot: 1\n  access-keys: [ '' ]");
        assertThat(run(command, "-c", file)).isEqualTo(2);
        assertThat(served).isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        "error: " + file
                                + ":3: access-keys[0] must not be an empty key; remove the entry or give it a value",
                        "error: " + file + ":2: prot is not a known key; did you mean 'port'?");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void emptyAccessKey_onTheCommandLine_isRefused() throws Exception {
        assertThat(run("-c", configuration("port: 1"), "-k", "")).isEqualTo(2);
        assertThat(err.toString()).contains("must not be an empty key");
    }

    @Test
    void unknownFlag_isAUsageError() {
        assertThat(run("--bogus")).isEqualTo(2);
        assertThat(err.toString()).contains("--bogus");
    }

    @ParameterizedTest
    @CsvSource({
        "--version, ai-gateway ",
        "-V, ai-gateway ",
        "--help, Usage: ai-gateway",
        "check --help, Usage: ai-gateway check"
    })
    void helpAndVersion_onlyTell(String line, String beginning) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).startsWith(beginning).doesNotContain("${");
        assertThat(served).isZero();
    }

    private Map<String, String> flags(String... arguments) {
        GatewayCommand command = new GatewayCommand(output -> 0);
        new CommandLine(command).parseArgs(arguments);
        return command.flags().toProperties();
    }

    private int run(String... arguments) {
        return new CommandLine(new GatewayCommand(output -> {
                    served++;
                    return 0;
                }))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(List.of(arguments).toArray(String[]::new));
    }

    private String configuration(String body) throws Exception {
        return Files.writeString(directory.resolve("c.yaml"), "ai-proxy:\n  " + body)
                .toString();
    }
}
