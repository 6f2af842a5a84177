package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lives as long as the process and no longer; a native binary must not bring it from its build. */
class RestartIT {
    @TempDir
    Path directory;

    /** Row 40: what needs a restart is named, and stays as it is; the rest of the file is taken up. */
    @Test
    void address_thatChangesInTheFile_waitsForARestart_andIsNamed() throws Exception {
        Path tls = Path.of("src/test/resources/tls").toAbsolutePath();
        try (GatewayProcess gateway = GatewayProcess.start(directory, "ai-proxy: { port: 0, reload-interval: 10ms }")) {
            String url = gateway.awaitUrl();
            Path next = Files.writeString(directory.resolve("next"), """
                    ai-proxy:
                      port: 1
                      host: 127.0.0.2
                      reload-interval: 10ms
                      tls: { cert: %s, key: %s }
                      default-model: demo
                    """.formatted(
                            tls.resolve("upstream-cert.pem"), tls.resolve("upstream-key.pem")));
            Files.move(next, directory.resolve("application.yaml"), StandardCopyOption.ATOMIC_MOVE);
            gateway.awaitLine(line -> line.contains("Configuration reloaded: default-model added"));
            gateway.awaitLine(line -> line.contains("Restart needed for host; port; tls.cert; tls.key"));
            HttpResponse<String> health = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/health")).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(200);
        }
    }

    /** Row 190. */
    @Test
    void sessionOfTheCloak_isAnotherAfterARestart() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ScriptedUpstream upstream = ScriptedUpstream.plain(vertx)) {
            upstream.otherwise(Script.json(Answers.MESSAGE));
            assertThat(session(upstream)).isNotEmpty().isNotEqualTo(session(upstream));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private String session(ScriptedUpstream upstream) throws Exception {
        String yaml = """
                ai-proxy:
                  port: 0
                  providers:
                    - name: only
                      type: anthropic
                      api-keys: [ k ]
                      base-url: http://127.0.0.1:%d
                      cloak: { preset: claude-code-headers, mode: always }
                """.formatted(upstream.port());
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.awaitUrl() + "/v1/messages"))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            return upstream.take().header("x-claude-code-session-id");
        }
    }
}
