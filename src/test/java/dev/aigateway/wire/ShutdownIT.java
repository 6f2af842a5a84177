package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged gateway does with signals (behaviour reference, rows 28 and 40). */
class ShutdownIT {
    private static final String ASK =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir
    Path directory;

    private Vertx vertx;
    private ScriptedUpstream upstream;

    @BeforeEach
    void begin() {
        vertx = Vertx.vertx();
        upstream = ScriptedUpstream.plain(vertx);
    }

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Row 28. */
    @Test
    void terminate_endsStreamsFirst_refusesNewConnections_andExitsWith0() throws Exception {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        upstream.then(script(goOn));
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml("30s"));
                Client stream = new Client(gateway);
                Client idle = new Client(gateway)) {
            idle.send("GET", "/q/health/ready", "");
            assertThat(idle.readUntil("}")).contains("200 OK").contains("UP");
            stream.send("POST", "/v1/chat/completions", ASK);
            stream.readUntil("one");
            gateway.signal("TERM");
            idle.awaitRefusalOfOthers();
            idle.send("GET", "/q/health/ready", "");
            assertThat(idle.readUntil("DOWN")).contains("503");
            assertThat(gateway.isAlive()).isTrue();
            goOn.complete(null);
            stream.readUntil("[DONE]");
            assertThat(gateway.awaitEnd()).isZero();
            assertThat(gateway.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void terminate_whenAStreamNeverEnds_isBounded() throws Exception {
        upstream.then(script(new CompletableFuture<>()));
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml("200ms"));
                Client stream = new Client(gateway)) {
            stream.send("POST", "/v1/chat/completions", ASK);
            stream.readUntil("one");
            gateway.signal("TERM");
            assertThat(gateway.awaitEnd()).isZero();
        }
    }

    @Test
    void terminate_whenNothingRuns_exitsWith0() {
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml("30s"))) {
            gateway.awaitUrl();
            gateway.signal("TERM");
            assertThat(gateway.awaitEnd()).isZero();
        }
    }

    /** Left out where whoever runs the tests ignores the signal, as shells do in the background: processes inherit that. */
    @Test
    @DisabledIf("interruptIsIgnored")
    void interruptTwice_endsAtOnce() throws Exception {
        upstream.then(script(new CompletableFuture<>()));
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml("30s"));
                Client stream = new Client(gateway)) {
            stream.send("POST", "/v1/chat/completions", ASK);
            stream.readUntil("one");
            gateway.signal("INT");
            stream.awaitRefusalOfOthers();
            gateway.signal("INT");
            assertThat(gateway.awaitEnd()).isEqualTo(130);
        }
    }

    /** Row 40. Left out where whoever runs the tests ignores the signal, as nohup does. */
    @Test
    @DisabledIf("hangUpIsIgnored")
    void hangUp_readsTheConfigurationAgain_andNamesWhatNeedsARestart() throws IOException {
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml("30s") + "  reload-interval: 0\n")) {
            gateway.awaitUrl();
            Files.writeString(
                    directory.resolve("application.yaml"),
                    yaml("31s") + "  reload-interval: 0\n  default-model: canary-model\n  strict-translation: true\n");
            gateway.signal("HUP");
            gateway.awaitLine(line -> line.contains("strict-translation set to true"));
            gateway.awaitLine(line -> line.contains("Restart needed for shutdown-timeout"));
            assertThat(gateway.output()).doesNotContain("canary");
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    private Script script(CompletableFuture<Void> goOn) {
        return Script.stream()
                .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n")
                .await(goOn)
                .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
                .send("data: [DONE]\n\n")
                .end();
    }

    private String yaml(String timeout) {
        return """
                ai-proxy:
                  port: 0
                  shutdown-timeout: %s
                  providers:
                    - { name: only, type: openai, api-keys: [ k ], models: [ m ], base-url: "http://127.0.0.1:%d/v1" }
                """.formatted(timeout, upstream.port());
    }

    /** One connection to the gateway that stays open. */
    private static final class Client implements AutoCloseable {
        private final URI address;
        private final Socket socket;
        private final BufferedReader reader;

        Client(GatewayProcess gateway) throws IOException {
            address = URI.create(gateway.awaitUrl());
            socket = new Socket(address.getHost(), address.getPort());
            socket.setSoTimeout(30_000);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void send(String method, String path, String body) throws IOException {
            String head =
                    "%s %s HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
                            .formatted(method, path, body.length());
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
        }

        String readUntil(String text) throws IOException {
            StringBuilder read = new StringBuilder();
            while (read.indexOf(text) < 0) {
                int next = reader.read();
                if (next < 0) {
                    throw new AssertionError("the connection ended before '" + text + "': " + read);
                }
                read.append((char) next);
            }
            return read.toString();
        }

        void awaitRefusalOfOthers() {
            long start = System.nanoTime();
            while (accepts()) {
                assertThat(System.nanoTime() - start).as("patience").isLessThan(30_000_000_000L);
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close())
                    .isInstanceOf(ConnectException.class);
        }

        private boolean accepts() {
            try (Socket other = new Socket(address.getHost(), address.getPort())) {
                return other.isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    static boolean hangUpIsIgnored() throws IOException {
        return isIgnored(1);
    }

    static boolean interruptIsIgnored() throws IOException {
        return isIgnored(2);
    }

    /** As far as the system tells: Linux does. */
    private static boolean isIgnored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(ignored -> (ignored >> (signal - 1) & 1) != 0);
    }
}
