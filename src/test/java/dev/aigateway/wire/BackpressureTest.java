package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slow client slows its provider down; nothing piles up in the gateway. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class BackpressureTest {
    private static final int EVENTS = 1600;
    private static final int EVENT_BYTES = 64 * 1024;
    /** What the sockets between client, gateway and provider may hold at most, in events. */
    private static final int IN_SOCKETS = 640;

    private static final String HEAD = "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
    private static final String END =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"
                    + "\n\ndata: [DONE]\n\n";

    @Upstreams.Inject
    ScriptedUpstream openai;

    @BeforeEach
    void reset() {
        openai.reset();
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions,[DONE]", "/v1/messages,message_stop"})
    void slowClient_providerIsHeldBack_andNothingIsLost(String path, String ending) throws IOException {
        AtomicInteger sent = new AtomicInteger();
        String event = HEAD + "x".repeat(EVENT_BYTES) + "\"}}]}\n\n";
        openai.then(Script.stream()
                .flood(Buffer.buffer(event), EVENTS, sent)
                .send(END)
                .end());
        String body = "{\"model\":\"gpt-4o\",\"max_tokens\":9,\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        try (var stream = GatewayClient.open(path, body)) {
            InputStream in = stream.response().body();
            long read = 0;
            String tail = "";
            byte[] buffer = new byte[EVENT_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                read += count;
                assertThat(sent.get() - read / EVENT_BYTES)
                        .as("events that left the provider and did not reach the client")
                        .isLessThan(IN_SOCKETS);
                String last = tail + new String(buffer, 0, count, java.nio.charset.StandardCharsets.US_ASCII);
                tail = last.substring(Math.max(0, last.length() - 200));
            }
            assertThat(read).isGreaterThan((long) EVENTS * EVENT_BYTES);
            assertThat(tail).contains(ending);
        }
    }
}
