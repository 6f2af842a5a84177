package dev.aigateway.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseWriterTest {
    @Test
    void drain_afterEvents_givesWireFormOnce() {
        SseWriter writer = new SseWriter();
        writer.event("ping", "{}".getBytes(StandardCharsets.UTF_8));
        writer.data("[DONE]".getBytes(StandardCharsets.UTF_8));
        writer.comment("keep-alive");
        assertThat(new String(writer.drain(), StandardCharsets.UTF_8))
                .isEqualTo("event: ping\ndata: {}\n\ndata: [DONE]\n\n: keep-alive\n\n");
        assertThat(writer.drain()).isEmpty();
    }

    @Test
    void data_largerThanTheBuffer_isKeptWhole() {
        byte[] large = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        SseWriter writer = new SseWriter();
        writer.data(large);
        assertThat(writer.drain()).hasSize(10_000 + "data: \n\n".length());
    }
}
