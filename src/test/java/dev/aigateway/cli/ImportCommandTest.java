package dev.aigateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command {@code import}: what is printed and written where, and how it ends. */
class ImportCommandTest {
    private static final String GOOD =
            "upstreams:\n- { name: a, base_url: https://a.example.com, token: s3cr3t, colour: s3cr3t }\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void goodFile_isPrinted_andWarningsAreTold() throws Exception {
        Path file = Files.writeString(directory.resolve("x"), "\ufeff" + GOOD);
        assertThat(run(file.toString())).isZero();
        assertThat(out.toString())
                .startsWith("# Converted from a configuration of aiproxy (Go).\n")
                .contains("api-keys: [ s3cr3t ]");
        assertThat(err.toString().lines())
                .containsExactly("warning: " + file + ":2: upstreams[0].colour is left out: not a known key");
    }

    @Test
    void standardInput_isConverted() {
        assertThat(run("-")).isZero();
        assertThat(out.toString()).contains("base-url: https://a.example.com");
        assertThat(err.toString()).contains("warning: standard input:2: ").doesNotContain("s3cr3t");
    }

    @Test
    void output_isWritten_andNotPrinted() throws Exception {
        Path target = directory.resolve("application.yaml");
        assertThat(run("-o", target.toString(), "-")).isZero();
        assertThat(Files.readString(target)).contains("name: a");
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Converted a configuration of aiproxy (Go) to " + target);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void output_isForItsOwnerOnly_alsoWhenItWasNot() throws Exception {
        Path target = Files.writeString(directory.resolve("application.yaml"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(run("-o", target.toString(), "--force", "-")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(target)).contains("name: a");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void existingFile_isKept_withoutForce() throws Exception {
        Path target = Files.writeString(directory.resolve("application.yaml"), "old");
        assertThat(run("-o", target.toString(), "-")).isEqualTo(2);
        assertThat(target).hasContent("old");
        assertThat(err.toString()).contains("error: " + target + " is there already; --force replaces it");
    }

    @Test
    void outputThatCannotBeWritten_isToldSo() {
        assertThat(run("-o", directory.resolve("no/such.yaml").toString(), "-")).isEqualTo(2);
        assertThat(err.toString()).contains("error: cannot write ");
    }

    @Test
    void fileThatIsNotThere_isAUsageError() {
        assertThat(run(directory.resolve("nothing").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("cannot read ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ai-proxy: {}|: is not the configuration of a gateway that import knows",
                "upstreams: [ a|:1:15: is not valid YAML: expected ',' or ']', but got <stream end>",
                "upstreams: [ { name: a, base_url: b, weight: s3cr3t } ]|:1: upstreams[0].weight must be a whole number from -1000000 to 1000000"
            })
    void fileThatCannotBeConverted_isToldSo(String text, String message) throws Exception {
        Path file = Files.writeString(directory.resolve("x"), text);
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString().trim()).isEqualTo("error: " + file + message);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"proxy\": { \"accessKey\": \"k#x: y\" }, \"providers\": [ { P } ]|access-keys[0] must be a key of visible ASCII characters without spaces",
                "\"providers\": [ { P, \"headers\": { \"x-a\": \"1\\n2\" } } ]|providers[0].headers.x-a must be visible ASCII text in one line",
                "\"proxy\": { \"host\": \"0.0.0.0\" }, \"providers\": [ { P } ]|host can be reached from other machines"
            })
    void resultThatOurOwnRulesRefuse_isNeitherPrintedNorWritten(String keys, String problem) throws Exception {
        String provider =
                "\"name\":\"a\", \"baseUrl\":\"https://a.example.com\", \"apiKey\":\"s3cr3t\", \"models\":[\"m\"]";
        Path file = Files.writeString(
                directory.resolve("x"), "{ " + keys.replace("P", provider).replace('\'', '"') + " }");
        Path target = directory.resolve("application.yaml");
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(run("-o", target.toString(), file.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(target).doesNotExist();
        assertThat(err.toString())
                .contains("error: " + file + ": becomes a configuration that is refused: " + problem)
                .doesNotContain("s3cr3t");
    }

    @Test
    void whatOnlyThisMachineLacks_isAWarning() throws Exception {
        Path file = Files.writeString(directory.resolve("x"), """
                host: 127.0.0.1
                tls: { enable: true, cert: /no/such.pem, key: /no/such.key }
                claude-api-key: [ { api-key: k, headers: { x-a: "${NO_SUCH_VARIABLE_HERE}" } } ]
                """);
        assertThat(run(file.toString())).isZero();
        assertThat(out.toString()).contains("cert: /no/such.pem");
        assertThat(err.toString().lines())
                .allMatch(line -> line.startsWith(
                        "warning: " + file + ": becomes a configuration that is refused on" + " this machine: "))
                .anyMatch(line -> line.contains("tls.cert must be the path of a file that can be read"))
                .anyMatch(line -> line.contains("providers[0].headers.x-a needs the variable NO_SUCH_VARIABLE_HERE"));
    }

    private int run(String... arguments) {
        return new CommandLine(new ImportCommand(
                        new InputFile(new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8)))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
