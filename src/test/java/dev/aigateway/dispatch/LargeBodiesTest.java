package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.dispatch.history.ResponseStore;
import dev.aigateway.dispatch.rules.ProcessIdentity;
import dev.aigateway.dispatch.rules.RequestRules;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.Candidates;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.responses.ResponsesDialect;
import dev.aigateway.translation.splice.Envelope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What takes long is done elsewhere: its result cannot be there before the event loop is free again. */
class LargeBodiesTest {
    private static final int LARGE = 500_000;
    private static final String MARKED = ",\"reasoning_details\":[{\"type\":\"thinking\",\"data\":\"gw1.openai.x\"}]";
    private static final String STREAM = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},"
            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static final GatewayConfig NOBODY = Configurations.of("providers: []");
    private static final Answer SILENCE = new Answer(
            "", "", List.of(new Answer.Candidate(List.of(), StopReason.END, Optional.empty())), Usage.UNKNOWN);

    /** One worker, so that a test can keep it from what the event loop leaves to it. */
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));

    private final Context loop = vertx.getOrCreateContext();
    private final Offload offload = new Offload(vertx);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** What came of some work, and whether it was there at once. */
    private record Done<T>(T result, boolean atOnce) {}

    @ParameterizedTest
    @CsvSource({
        // length, marked, must stream, at once
        "10, false, false, true",
        "10, true, true, true",
        "500000, false, false, true",
        "500000, true, false, false",
        "500000, false, true, false"
    })
    void requestOfTheSameDialect_isChangedElsewhere(int length, boolean marked, boolean mustStream, boolean atOnce) {
        Candidate candidate = candidate(mustStream);
        ExpressLane lane = lane(request(length, marked ? MARKED : ""));
        Done<Prepared> done = onLoop(() -> lane.prepare(candidate));
        String body = done.result().call().body().toString();
        assertThat(body).contains("\"model\":\"real\"").doesNotContain("gw1.");
        assertThat(body.contains("\"stream\":true")).isEqualTo(mustStream);
        assertThat(done.atOnce()).isEqualTo(atOnce);
    }

    @ParameterizedTest
    @CsvSource({"10, true", "500000, false"})
    void historyOfTheGateway_isPutInElsewhere(int length, boolean atOnce) {
        ResponseStore store = new ResponseStore(new CurrentConfig(NOBODY));
        ClientRequest earlier = responsesRequest("\"input\":\"" + "a".repeat(length) + "\"");
        history(earlier, store).keep("{\"id\":\"resp_1\"}".getBytes(StandardCharsets.UTF_8), SILENCE, answer -> {
            throw new AssertionError("nothing is signed");
        });
        ClientRequest next = responsesRequest("\"input\":\"b\",\"previous_response_id\":\"resp_1\"");
        ResponsesDialect dialect = new ResponsesDialect();
        ExpressLane lane = lane(next, history(next, store), dialect, dialect);
        Done<Prepared> done = onLoop(() -> lane.prepare(candidate(false)));
        assertThat(done.result().call().body().toString())
                .contains("a".repeat(length), "\"content\":\"b\"", "\"model\":\"real\"")
                .doesNotContain("resp_1");
        assertThat(done.atOnce()).isEqualTo(atOnce);
    }

    @Test
    void requestThatNothingConcerns_isNotCopied() {
        ClientRequest request = request(LARGE, "");
        ExpressLane lane = lane(request);
        Candidate same = Candidates.of(candidate(false).provider(), "nick");
        Done<Prepared> done = onLoop(() -> lane.prepare(same));
        assertThat(done.result().call().body().getByteBuf().array())
                .isSameAs(request.envelope().body());
    }

    @ParameterizedTest
    @CsvSource({
        // length of the request, of the answer
        "10, 10, true",
        "500000, 10, false",
        "10, 500000, false"
    })
    void answerPutTogetherFromAStream_isWrittenElsewhere(int asked, int answered, boolean atOnce) {
        ClientRequest request = request(asked, "");
        ExpressLane lane = lane(request);
        StreamFold fold = new StreamFold(lane.decoder(candidate(true)), 2 * LARGE);
        fold.feed(STREAM.formatted("x".repeat(answered)).getBytes(StandardCharsets.UTF_8));
        Done<WholeAnswer> done = onLoop(() -> fold.whole(lane, request, offload));
        assertThat(new String(done.result().body(), StandardCharsets.UTF_8)).contains("x".repeat(answered));
        assertThat(done.atOnce()).isEqualTo(atOnce);
    }

    private <T> Done<T> onLoop(Supplier<Uni<T>> work) {
        CompletableFuture<Done<T>> all = new CompletableFuture<>();
        CountDownLatch turn = new CountDownLatch(1);
        vertx.executeBlocking(() -> turn.await(20, TimeUnit.SECONDS), false);
        loop.runOnContext(ignored -> {
            AtomicBoolean atOnce = new AtomicBoolean(true);
            work.get()
                    .subscribe()
                    .with(result -> all.complete(new Done<>(result, atOnce.get())), all::completeExceptionally);
            atOnce.set(false);
            turn.countDown();
        });
        return all.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private ExpressLane lane(ClientRequest request) {
        ChatDialect chat = new ChatDialect();
        return lane(request, history(request, new ResponseStore(new CurrentConfig(NOBODY))), chat, chat);
    }

    private ExpressLane lane(ClientRequest request, History history, ClientDialect client, UpstreamDialect upstream) {
        return new ExpressLane(
                request,
                history,
                client,
                upstream,
                NOBODY,
                new Preparation(
                        request, new RequestRules(NOBODY, request.model(), request.userAgent(), new ProcessIdentity())),
                new Repairs(new LearnedRepairs(), request.dialect(), false, offload),
                offload,
                false);
    }

    private static History history(ClientRequest request, ResponseStore store) {
        return History.of(request.dialect(), request.owner(), request.envelope().body(), store);
    }

    private static Candidate candidate(boolean mustStream) {
        return Candidates.of(
                Configurations.provider("name: p, type: openai, models: [ real ], must-stream: " + mustStream), "real");
    }

    private static ClientRequest request(int length, String more) {
        String body = "{\"model\":\"nick\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "a".repeat(length)
                + "\"}]" + more + "}";
        return request(Dialect.CHAT, body);
    }

    private static ClientRequest responsesRequest(String members) {
        return request(Dialect.RESPONSES, "{\"model\":\"nick\"," + members + "}");
    }

    private static ClientRequest request(Dialect dialect, String body) {
        return new ClientRequest(
                "id",
                "owner",
                dialect,
                "nick",
                Envelope.scan(dialect, body.getBytes(StandardCharsets.UTF_8)),
                Map.of());
    }
}
