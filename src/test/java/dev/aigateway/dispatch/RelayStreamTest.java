package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.relay.Relay;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A defect of the gateway's own in the middle of a stream; everything else is for the wire tests. */
class RelayStreamTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> heard = new ArrayList<>();
    private final List<String> client = new ArrayList<>();
    private @Nullable Throwable failure;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void defectBeforeTheFirstByte_isNoFailureOfTheProvider() {
        run("defect", "more");
        assertThat(client).isEmpty();
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("defect");
    }

    @Test
    void defectAfterTheFirstByte_isToldToTheClient_andBlamedOnNobody() {
        run("text", "defect", "more");
        assertThat(client).containsExactly("text", "failed");
        assertThat(heard).containsExactly("committed", "broken by us", "settled");
        assertThat(failure).isNull();
    }

    private void run(String... chunks) {
        Multi<Buffer> body = Multi.createFrom().items(chunks).onItem().transform(Buffer::buffer);
        new RelayStream(body, new Fragile(), vertx, new Offload(vertx), new Listening())
                .subscribe()
                .with(chunk -> client.add(chunk.toString()), broken -> failure = broken);
    }

    private final class Listening implements RelayStream.Listener {
        @Override
        public void committed() {
            heard.add("committed");
        }

        @Override
        public void brokenByUs() {
            heard.add("broken by us");
        }

        @Override
        public void settled() {
            heard.add("settled");
        }
    }

    /** Commits with the first chunk, and breaks where it is told to. */
    private static final class Fragile implements Relay {
        private Phase phase = Phase.PREAMBLE;
        private boolean committed;
        private Optional<GatewayError> failure = Optional.empty();

        @Override
        public void feed(byte[] chunk, SseWriter out) {
            String text = new String(chunk, StandardCharsets.UTF_8);
            if (text.equals("defect")) {
                throw new IllegalStateException(text);
            }
            committed = true;
            phase = Phase.COMMITTED;
            out.ascii(text);
        }

        @Override
        public void end(SseWriter out) {
            phase = Phase.ENDED;
        }

        @Override
        public void fail(GatewayError error, SseWriter out) {
            phase = Phase.FAILED;
            failure = Optional.of(error);
            if (committed) {
                out.ascii("failed");
            }
        }

        @Override
        public void keepalive(SseWriter out) {}

        @Override
        public Phase phase() {
            return phase;
        }

        @Override
        public boolean committed() {
            return committed;
        }

        @Override
        public Optional<GatewayError> failure() {
            return failure;
        }

        @Override
        public Usage usage() {
            return Usage.UNKNOWN;
        }
    }
}
