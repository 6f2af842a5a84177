package dev.aigateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.translation.Json;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command {@code explain}: what is printed where, and how it ends. */
class ExplainCommandTest {
    private static final String CHAT = """
            {"model":"gpt-4o","max_completion_tokens":50,"temperature":0.5,"stop":"END","stream":true,"logit_bias":{"1":2},
             "messages":[{"role":"system","content":"Be kind"},{"role":"user","content":"Hello"}]}""";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void chatToMessages_printsTheRequestAndTheFateOfEachField() {
        assertThat(explain(CHAT, "--from=chat --to=messages --model=claude-sonnet-4-5 -"))
                .isZero();
        assertThat(Json.request(out.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Json.request(raw("--from=chat --to=messages --model=claude-sonnet-4-5")));
        assertThat(out.toString()).contains("  \"max_tokens\" : 50");
        assertThat(err.toString().lines())
                .containsExactly(
                        "dropped:      logit_bias",
                        "renamed:      max_completion_tokens -> max_tokens; stop -> stop_sequences",
                        "kept:         model; temperature; stream; messages");
    }

    @Test
    void chatToGemini_namesNestedPlaces() {
        assertThat(explain(CHAT, "--from=chat --to=gemini --model=gemini-2.5-flash -"))
                .isZero();
        assertThat(err.toString())
                .contains("temperature -> generationConfig.temperature")
                .contains("messages -> systemInstruction, contents")
                .contains("max_completion_tokens -> generationConfig.maxOutputTokens");
    }

    @Test
    void geminiToChat_groupsBecomeTheirMembers() {
        String gemini =
                "{\"generationConfig\":{\"maxOutputTokens\":5,\"topP\":0.5},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        assertThat(explain(gemini, "--from=gemini --to=chat --model=gpt-4o -")).isZero();
        assertThat(err.toString())
                .contains("generationConfig -> max_tokens, top_p")
                .contains("contents -> messages");
    }

    @Test
    void raw_isExactlyTheBytes_andNothingElse() {
        assertThat(explain(CHAT, "--from=chat --to=responses --raw -")).isZero();
        assertThat(out.toString()).startsWith("{\"model\":\"gpt-4o\"").doesNotContain("\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void sameDialect_keepsEveryByteButTheModel() {
        assertThat(explain(CHAT, "--from=chat --to=chat --model=other --raw -")).isZero();
        assertThat(out.toString()).isEqualTo(CHAT.replace("gpt-4o", "other"));
    }

    @ParameterizedTest
    @CsvSource({"'', max_tokens", "--host-like=openai, max_completion_tokens", "--host-like=localhost, max_tokens"})
    void hostLike_decidesOnTheProvidersPeculiarities(String option, String limit) {
        String messages =
                "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        explain(messages, ("--from=messages --to=chat --model=gpt-4o --raw - " + option).trim());
        assertThat(Json.request(out.toString().getBytes(StandardCharsets.UTF_8)).has(limit))
                .isTrue();
    }

    @Test
    void file_isRead() throws Exception {
        Path request = Files.writeString(directory.resolve("request.json"), CHAT);
        assertThat(explain("", "--from=chat --to=chat --raw " + request)).isZero();
        assertThat(out.toString()).isEqualTo(CHAT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"m\",\"messages\":[{\"role\":\"robot\"}]} | error: messages[0].role: ",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | error: model: is required",
                "{\"model\":\"m\",\"messages\":[] } | error: messages: ",
                "{\"model\":\"m\", | error: The request body is not a JSON object"
            })
    void requestThatIsRefused_isOneLineWithItsField_andEndsWith1(String request, String beginning) {
        assertThat(explain(request, "--from=chat --to=messages -")).isEqualTo(1);
        assertThat(err.toString()).startsWith(beginning).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--from=chat -, --to",
        "--from=chat --to=gemini, FILE",
        "--from=chat --to=klingon -, is not a dialect",
        "--from=chat --to=completions -, no provider speaks completions",
        "--from=chat --to=gemini /no/such/file, cannot read",
        "--from=chat --to=gemini --host-like=a/b -, is not the name of a host"
    })
    void badUsage_endsWith2(String line, String complaint) {
        assertThat(explain(CHAT, line)).isEqualTo(2);
        assertThat(err.toString()).contains(complaint);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void program_knowsTheCommand() {
        int code = new CommandLine(new GatewayCommand(output -> 0))
                .setOut(new PrintWriter(out, true))
                .execute("explain", "--help");
        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("Usage: ai-gateway explain").contains("--host-like");
    }

    private int explain(String request, String line) {
        var input = new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8));
        return new CommandLine(new ExplainCommand(new InputFile(input)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.split(" "));
    }

    private byte[] raw(String line) {
        StringWriter bytes = new StringWriter();
        var input = new ByteArrayInputStream(CHAT.getBytes(StandardCharsets.UTF_8));
        new CommandLine(new ExplainCommand(new InputFile(input)))
                .setOut(new PrintWriter(bytes))
                .execute((line + " --raw -").split(" "));
        return bytes.toString().getBytes(StandardCharsets.UTF_8);
    }
}
