package dev.aigateway.wire;

import static dev.aigateway.wire.Fleet.request;
import static dev.aigateway.wire.Fleet.streamRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of two upstreams dies under load. */
@QuarkusTest
@QuarkusTestResource(value = FleetGateway.class, restrictToAnnotatedClass = true)
class OutageTest {
    private static final int STREAMS = 200;
    private static final int NEW_REQUESTS = 200;
    private static final String BEGUN = "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":"
            + "{\"role\":\"assistant\",\"content\":\"begun\"}}]}\n\n";
    private static final String REST =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"complete\"},"
                    + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    Fleet fleet;

    @BeforeEach
    void reset() {
        fleet.reset();
    }

    @Test
    void oneOfTwoIsKilled_noNewRequestFails_andItsStreamsEndWithAnError() throws Exception {
        ScriptedUpstream doomed = fleet.another();
        fleet.configure(
                "routing: { strategy: round-robin }",
                fleet.provider("doomed", doomed.port(), ""),
                fleet.provider("b", ""));
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        doomed.otherwise(Script.stream().send(BEGUN).await(new CompletableFuture<>()));
        fleet.b.otherwise(Script.stream().send(BEGUN).await(goOn).send(REST).end());
        CountDownLatch begun = new CountDownLatch(STREAMS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> chats = new ArrayList<>();
            List<Future<String>> messages = new ArrayList<>();
            for (int i = 0; i < STREAMS / 2; i++) {
                chats.add(threads.submit(() -> stream(Fleet.CHAT, begun)));
                messages.add(threads.submit(() -> stream(Fleet.MESSAGES, begun)));
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            int broken = doomed.takeAll().size();
            assertThat(broken).isBetween(STREAMS / 4, 3 * STREAMS / 4);

            doomed.close();
            fleet.b.otherwise(Fleet.answer("b"));
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < NEW_REQUESTS; i++) {
                others.add(GatewayClient.postLater(Fleet.CHAT, request("m")).thenApply(answer -> answer.statusCode()));
            }
            assertThat(others.stream().map(CompletableFuture::join)).containsOnly(200);
            goOn.complete(null);

            List<String> failed = new ArrayList<>();
            for (Future<String> chat : chats) {
                if (chat.get().contains("complete")) {
                    assertThat(chat.get()).endsWith("data: [DONE]\n\n").doesNotContain("\"error\"");
                } else {
                    assertThat(chat.get()).contains("data: {\"error\":{").contains("\"type\":");
                    failed.add(chat.get());
                }
            }
            for (Future<String> message : messages) {
                if (message.get().contains("complete")) {
                    assertThat(message.get()).contains("event: message_stop").doesNotContain("event: error");
                } else {
                    assertThat(message.get())
                            .contains("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":")
                            .doesNotContain("message_stop");
                    failed.add(message.get());
                }
            }
            assertThat(failed).hasSize(broken);
        }
    }

    private static String stream(String path, CountDownLatch begun) throws Exception {
        try (var stream = GatewayClient.open(path, streamRequest("m"))) {
            String beginning = stream.readUntil("begun");
            begun.countDown();
            return beginning + new String(stream.response().body().readAllBytes());
        }
    }
}
