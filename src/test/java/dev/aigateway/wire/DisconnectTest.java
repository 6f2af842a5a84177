package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that leaves must not leave a call running at the provider (E6). */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class DisconnectTest {
    private static final String CHAT_TEXT =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"begun\"}}]}\n\n";
    private static final String BODY =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @BeforeEach
    void reset() {
        openai.reset();
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions", "/v1/messages"})
    void clientLeavesMidStream_upstreamSeesTheClose_twoHundredTimes(String path) {
        for (int round = 0; round < 200; round++) {
            openai.then(Script.stream().send(CHAT_TEXT).await(new CompletableFuture<>()));
            try (var stream = GatewayClient.open(path, BODY)) {
                stream.readUntil("begun");
            }
            openai.take().awaitClosed();
        }
        assertThat(openai.awaitNoConnections())
                .as("connections left open by the gateway")
                .isZero();
    }

    /** The quickest of some rounds counts, so that a busy machine spoils nothing. */
    @Test
    void clientLeavesMidStream_upstreamSeesTheCloseWithinASecond() {
        long quickest = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            openai.then(Script.stream().send(CHAT_TEXT).await(new CompletableFuture<>()));
            var stream = GatewayClient.open("/v1/messages", BODY);
            stream.readUntil("begun");
            Received received = openai.take();
            long left = System.nanoTime();
            stream.close();
            received.awaitClosed();
            quickest = Math.min(quickest, System.nanoTime() - left);
        }
        assertThat(Duration.ofNanos(quickest)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void clientLeavesBeforeTheFirstByte_upstreamSeesTheClose() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        openai.then(Script.stream().await(never));
        var answer = GatewayClient.postLater("/v1/chat/completions", BODY);
        Received received = openai.take();
        answer.cancel(true);
        received.awaitClosed();
    }

    @Test
    void clientLeavesWholeAnswer_upstreamSeesTheClose() {
        openai.then(Script.stream().await(new CompletableFuture<>()));
        var answer = GatewayClient.postLater("/v1/chat/completions", BODY.replace("true", "false"));
        Received received = openai.take();
        answer.cancel(true);
        received.awaitClosed();
    }
}
