package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole exchanges across dialects, byte for byte. A case is a folder {@code golden/<client>-to-<upstream>/<name>}:
 *
 * <ul>
 *   <li>{@code request.json}: what the client sends
 *   <li>{@code upstream-answer.json} or {@code .sse}: what the upstream answers; a first line {@code #status 429} sets its
 *       status, a last line {@code #cut} breaks the connection off
 *   <li>{@code upstream-request.json}: what the upstream must have received
 *   <li>{@code client-answer.json} or {@code .sse}: what the client must get; its first line is {@code #status <n>}
 * </ul>
 *
 * Times are replaced by zero. {@code -Dgolden.update=true} writes the expectations anew, to be read before they are kept.
 */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class GoldenTest {
    private static final Path ROOT = Path.of("src/test/resources/golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @Upstreams.Inject
    ScriptedUpstream openai;

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    @BeforeEach
    void reset() {
        openai.reset();
        anthropic.reset();
    }

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith("request.json"))
                    .map(file -> ROOT.relativize(file.getParent()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void exchange_isTranslatedByteForByte(Path name) throws IOException {
        Path folder = ROOT.resolve(name);
        String[] pair = name.getParent().toString().split("-to-");
        ScriptedUpstream upstream = pair[1].equals("messages") ? anthropic : openai;
        upstream.then(script(folder)).then(script(folder));

        HttpResponse<String> response = GatewayClient.send(GatewayClient.request(path(pair[0], folder))
                .header("x-request-id", "golden")
                .POST(HttpRequest.BodyPublishers.ofString(read(folder.resolve("request.json"))))
                .build());

        boolean stream =
                response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        expect(folder.resolve("upstream-request.json"), upstream.take().text() + "\n");
        expect(
                folder.resolve(stream ? "client-answer.sse" : "client-answer.json"),
                "#status " + response.statusCode() + "\n" + withoutTimes(response.body()) + (stream ? "" : "\n"));
    }

    private static Script script(Path folder) throws IOException {
        Path stream = folder.resolve("upstream-answer.sse");
        boolean streamed = Files.exists(stream);
        String text = read(streamed ? stream : folder.resolve("upstream-answer.json"));
        int status = 200;
        if (text.startsWith("#status ")) {
            int lineEnd = text.indexOf('\n');
            status = Integer.parseInt(
                    text.substring("#status ".length(), lineEnd).trim());
            text = text.substring(lineEnd + 1);
        }
        if (!streamed) {
            return Script.status(status).body(text);
        }
        return text.endsWith("#cut\n")
                ? Script.stream()
                        .send(text.substring(0, text.length() - "#cut\n".length()))
                        .cut()
                : Script.stream(text);
    }

    private static String path(String dialect, Path folder) throws IOException {
        return switch (dialect) {
            case "chat" -> "/v1/chat/completions";
            case "completions" -> "/v1/completions";
            case "messages" -> "/v1/messages";
            case "responses" -> "/v1/responses";
            default -> read(folder.resolve("request.path")).trim();
        };
    }

    private static void expect(Path file, String actual) throws IOException {
        if (UPDATE) {
            Files.writeString(file, actual);
        }
        assertThat(actual).as(file.toString()).isEqualTo(read(file));
    }

    private static String withoutTimes(String body) {
        return body.replaceAll("\"(created|created_at)\":\\d+", "\"$1\":0");
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
