package dev.aigateway.wire;

import static dev.aigateway.wire.Fleet.answer;
import static dev.aigateway.wire.Fleet.ask;
import static dev.aigateway.wire.Fleet.request;
import static dev.aigateway.wire.Fleet.servedBy;
import static dev.aigateway.wire.Fleet.streamRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits on how many requests run at once, and the queue before them. */
@QuarkusTest
@QuarkusTestResource(value = FleetGateway.class, restrictToAnnotatedClass = true)
class CapacityTest {
    Fleet fleet;
    private final CompletableFuture<Void> goOn = new CompletableFuture<>();

    @BeforeEach
    void reset() {
        fleet.reset();
    }

    @Test
    void providerThatIsFull_isPassedOver_forAnother() {
        fleet.configure("", fleet.provider("a", "max-concurrent: 1"), fleet.provider("b", ""));
        var held = hold();
        assertThat(servedBy("m", 3)).isEqualTo("bbb");
        goOn.complete(null);
        assertThat(Fleet.text(held.join())).isEqualTo("held");
        Fleet.await(() -> servedBy("m").equals("a"), "the place is free again");
    }

    @Test
    void nobodyElse_requestsWaitInLine_andAllAreServed() {
        fleet.configure("queue: { size: 10, timeout: 30s }", fleet.provider("a", "max-concurrent: 2"));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            answers.add(hold());
        }
        for (int i = 0; i < 8; i++) {
            answers.add(GatewayClient.postLater(Fleet.CHAT, request("m")));
        }
        assertThat(fleet.a.untaken()).isZero();
        goOn.complete(null);
        assertThat(answers.stream().map(CompletableFuture::join))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);
    }

    /** With the first provider alone in mind, the request would wait for the whole time of the queue. */
    @Test
    void whoeverIsFreeFirst_servesWhoWaits() {
        fleet.configure(
                "queue: { size: 1, timeout: 1h }\nretry: { deadline: 2h }",
                fleet.provider("a", "max-concurrent: 1"),
                fleet.provider("b", "max-concurrent: 1"));
        var held = hold();
        CompletableFuture<Void> free = new CompletableFuture<>();
        fleet.b.then(answer("soon").after(free));
        var soon = GatewayClient.postLater(Fleet.CHAT, request("m"));
        fleet.b.take();
        var one = GatewayClient.postLater(Fleet.CHAT, request("m"));
        var two = GatewayClient.postLater(Fleet.CHAT, request("m"));
        Fleet.await(() -> one.isDone() || two.isDone(), "both lines are full");
        free.complete(null);
        assertThat(Fleet.text(soon.join())).isEqualTo("soon");
        assertThat(List.of(one.join().statusCode(), two.join().statusCode())).containsExactlyInAnyOrder(200, 429);
        assertThat(fleet.b.take().text()).contains("ping");
        assertThat(fleet.a.untaken()).isZero();
        goOn.complete(null);
        held.join();
        Fleet.await(() -> servedBy("m").equals("a"), "nobody has kept a place at the first");
    }

    /** A place each, then nobody has one left. */
    @Test
    void limitOfAKey_isForEachOfThem() {
        fleet.configure("queue: { size: 0 }", fleet.provider("a", "api-keys: [ k1, k2 ], max-concurrent-per-key: 1"));
        var first = hold();
        var second = hold();
        assertThat(ask("m").statusCode()).isEqualTo(429);
        goOn.complete(null);
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(second.join().statusCode()).isEqualTo(200);
    }

    @Test
    void keysOfTheirOwnLimits_areUsedByThem() {
        fleet.configure(
                "queue: { size: 0 }\nrouting: { keys: fill-first }",
                fleet.provider("a", "api-keys: [ { key: small, max-concurrent: 1 }, { key: large } ]"));
        var held = hold();
        for (int i = 0; i < 3; i++) {
            assertThat(servedBy("m")).isEqualTo("a");
            assertThat(Fleet.key(fleet.a.take())).isEqualTo("large");
        }
        goOn.complete(null);
        held.join();
    }

    /** A full queue, and one in which nothing moves in time. */
    @ParameterizedTest
    @CsvSource({
        "'{ size: 0 }', /v1/chat/completions, 429, rate_limit",
        "'{ size: 0 }', /v1/messages, 529, overloaded_error",
        "'{ size: 5, timeout: 50ms }', /v1/chat/completions, 429, rate_limit",
        "'{ size: 5, timeout: 50ms }', /v1/messages, 529, overloaded_error"
    })
    void tooMuch_isRefused_withATimeToComeBack(String queue, String path, int status, String type) {
        fleet.configure("queue: " + queue, fleet.provider("a", "max-concurrent: 1"));
        var held = hold();
        HttpResponse<String> response = GatewayClient.post(path, request("m"));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(type);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(fleet.a.untaken()).isZero();
        goOn.complete(null);
        held.join();
        Fleet.await(() -> ask("m").statusCode() == 200, "who was refused has cost no place");
    }

    @Test
    void clientThatLeavesTheQueue_makesRoomInIt() {
        fleet.configure("queue: { size: 1, timeout: 25s }", fleet.provider("a", "max-concurrent: 1"));
        var held = hold();
        var one = GatewayClient.postLater(Fleet.CHAT, request("m"));
        var two = GatewayClient.postLater(Fleet.CHAT, request("m"));
        Fleet.await(() -> one.isDone() || two.isDone(), "one of them finds the queue full");
        var refused = one.isDone() ? one : two;
        assertThat(refused.join().statusCode()).isEqualTo(429);
        double before = cancelled();
        (one.isDone() ? two : one).cancel(true);
        Fleet.await(() -> cancelled() > before, "the gateway has noticed");
        var next = GatewayClient.postLater(Fleet.CHAT, request("m"));
        var afterNext = GatewayClient.postLater(Fleet.CHAT, request("m"));
        Fleet.await(() -> next.isDone() || afterNext.isDone(), "again one of two finds the queue full");
        goOn.complete(null);
        assertThat(held.join().statusCode()).isEqualTo(200);
        assertThat(List.of(next.join().statusCode(), afterNext.join().statusCode()))
                .containsExactlyInAnyOrder(200, 429);
    }

    @Test
    void stream_holdsItsPlaceUntilItsEnd() {
        fleet.configure("queue: { size: 0 }", fleet.provider("a", "max-concurrent: 1"));
        fleet.a.then(begunStream()
                .await(goOn)
                .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: [DONE]\n\n")
                .end());
        try (var stream = GatewayClient.open(Fleet.CHAT, streamRequest("m"))) {
            stream.readUntil("begun");
            assertThat(ask("m").statusCode()).isEqualTo(429);
            goOn.complete(null);
            stream.readUntil("[DONE]");
        }
        Fleet.await(() -> ask("m").statusCode() == 200, "the place is free");
    }

    @Test
    void clientThatLeavesItsStream_givesThePlaceBack() {
        fleet.configure("queue: { size: 0 }", fleet.provider("a", "max-concurrent: 1"));
        fleet.a.then(begunStream().await(goOn));
        try (var stream = GatewayClient.open(Fleet.CHAT, streamRequest("m"))) {
            stream.readUntil("begun");
            assertThat(ask("m").statusCode()).isEqualTo(429);
        }
        Fleet.await(() -> ask("m").statusCode() == 200, "the place is free");
    }

    /** The body of what is forwarded is part of the request. */
    @Test
    void forwardedAnswer_holdsItsPlaceUntilItsEnd() {
        fleet.configure("queue: { size: 0 }", fleet.provider("a", "max-concurrent: 1, serves: [ embeddings, audio ]"));
        fleet.a.then(Script.stream().send("sound").await(goOn).end());
        String speech = "{\"model\":\"m\",\"input\":\"x\"}";
        try (var answer = GatewayClient.open("/v1/audio/speech", speech)) {
            answer.readUntil("sound");
            assertThat(GatewayClient.post("/v1/embeddings", speech).statusCode())
                    .isEqualTo(429);
            goOn.complete(null);
        }
        Fleet.await(() -> GatewayClient.post("/v1/embeddings", speech).statusCode() == 200, "the place is free");
    }

    /** A request that runs until the test goes on. */
    private CompletableFuture<HttpResponse<String>> hold() {
        fleet.a.then(answer("held").after(goOn));
        var answer = GatewayClient.postLater(Fleet.CHAT, request("m"));
        fleet.a.take();
        return answer;
    }

    private static Script begunStream() {
        return Script.stream()
                .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"begun\"}}]}\n\n");
    }

    /** How many requests the gateway has seen being left. */
    private static double cancelled() {
        return GatewayClient.send(GatewayClient.request("/q/metrics").GET().build())
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("ai_gateway_requests_seconds_count{") && line.contains("outcome=\"cancelled\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
