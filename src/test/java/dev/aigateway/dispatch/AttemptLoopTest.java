package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.RetryConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.routing.state.LocalState;
import dev.aigateway.translation.splice.Envelope;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptLoopTest {
    private static final Duration ENDLESS = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new ArrayList<>();
    private final Exchange exchange = new Exchange(
            new ClientRequest(
                    "req1",
                    "open",
                    Dialect.CHAT,
                    "m",
                    new Envelope(new byte[0], Optional.of("m"), false, Optional.empty()),
                    Map.of()),
            Configurations.of("{}"));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({
        // what each attempt ends in, who is asked
        "ok, a",
        "OVERLOADED ok, a b",
        "AUTHENTICATION MODEL_NOT_FOUND ok, a b c",
        "OVERLOADED OVERLOADED OVERLOADED ok, a b c a",
        "OVERLOADED AUTHENTICATION OVERLOADED OVERLOADED ok, a b c a c",
        "AUTHENTICATION OVERLOADED AUTHENTICATION OVERLOADED OVERLOADED ok, a b c b b b"
    })
    void answer_comesFromTheFirstWhoCan_inOrder(String ends, String order) {
        assertThat(answer(5, ENDLESS, ends)).containsExactly("ok");
        assertThat(asked).containsExactly(order.split(" "));
        assertThat(exchange.attempts()).hasSize(ends.split(" ").length - 1);
    }

    @ParameterizedTest
    @CsvSource({
        // a wrong request, wrong keys, retries used up
        "BAD_REQUEST, a, BAD_REQUEST",
        "OVERLOADED UNPROCESSABLE, a b, UNPROCESSABLE",
        "AUTHENTICATION AUTHENTICATION PERMISSION, a b c, BAD_GATEWAY",
        "RATE_LIMIT RATE_LIMIT RATE_LIMIT RATE_LIMIT RATE_LIMIT RATE_LIMIT, a b c a b c, RATE_LIMIT"
    })
    void noAnswer_isTheMostTellingFailure(String ends, String order, Kind told) {
        assertThat(failure(1, ENDLESS, ends).kind()).isEqualTo(told);
        assertThat(asked).containsExactly(order.split(" "));
    }

    @Test
    void words_tellMoreThanABrokenConnection() {
        assertThat(failure(0, ENDLESS, "TIMEOUT RATE_LIMIT BAD_GATEWAY").kind()).isEqualTo(Kind.RATE_LIMIT);
    }

    @Test
    void firstBrokenConnection_isToldWhenThereAreNoWords() {
        assertThat(failure(0, ENDLESS, "TIMEOUT BAD_GATEWAY BAD_GATEWAY").kind())
                .isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void deadline_passedDuringAnAttempt_endsTheSearch() {
        assertThat(failure(5, Duration.ofMillis(3), "slow:OVERLOADED ok").kind())
                .isEqualTo(Kind.OVERLOADED);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void deadline_thatAPauseWouldPass_endsTheSearch() {
        Duration wait = Duration.ofHours(2);
        GatewayError error = failure(5, ENDLESS, "RATE_LIMIT RATE_LIMIT RATE_LIMIT ok", wait);
        assertThat(error.retryAfter()).contains(wait);
        assertThat(asked).containsExactly("a", "b", "c");
    }

    @Test
    void failureAfterTheFirstItem_isNotRecovered() {
        Multi<Buffer> begun = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(Buffer.buffer("begun")),
                        Multi.createFrom().failure(new IllegalStateException("defect")));
        Multi<Buffer> answer = new AttemptLoop<>(
                        exchange,
                        selection(),
                        new EventLoopTimers(vertx),
                        Dispatcher::millis,
                        config(5, ENDLESS),
                        backoff(5, ENDLESS),
                        candidate -> begun)
                .run();
        assertThat(catchThrowableOfType(
                        IllegalStateException.class,
                        () -> answer.collect().asList().await().atMost(Duration.ofSeconds(20))))
                .hasMessage("defect");
        assertThat(exchange.attempts()).isEmpty();
    }

    private List<String> answer(int retries, Duration deadline, String ends) {
        return run(retries, deadline, ends, Duration.ZERO)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(20))
                .stream()
                .map(Buffer::toString)
                .toList();
    }

    private GatewayError failure(int retries, Duration deadline, String ends) {
        return failure(retries, deadline, ends, Duration.ZERO);
    }

    private GatewayError failure(int retries, Duration deadline, String ends, Duration retryAfter) {
        return catchThrowableOfType(
                        GatewayException.class,
                        () -> run(retries, deadline, ends, retryAfter)
                                .collect()
                                .asList()
                                .await()
                                .atMost(Duration.ofSeconds(20)))
                .error();
    }

    private Multi<Buffer> run(int retries, Duration deadline, String ends, Duration retryAfter) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(ends.split(" ")));
        return new AttemptLoop<>(
                        exchange,
                        selection(),
                        new EventLoopTimers(vertx),
                        Dispatcher::millis,
                        config(retries, deadline),
                        backoff(retries, deadline),
                        candidate -> attempt(candidate, left.removeFirst(), deadline, retryAfter))
                .run();
    }

    private Multi<Buffer> attempt(Candidate candidate, String end, Duration deadline, Duration retryAfter) {
        asked.add(candidate.provider().name());
        if (end.equals("ok")) {
            return Multi.createFrom().item(Buffer.buffer("ok"));
        }
        if (end.startsWith("slow:")) {
            long begin = Dispatcher.millis();
            while (Dispatcher.millis() - begin <= deadline.toMillis()) {
                Thread.onSpinWait();
            }
        }
        GatewayError error = GatewayError.of(Kind.valueOf(end.substring(end.indexOf(':') + 1)), end);
        return Multi.createFrom()
                .failure(new UpstreamFailure(retryAfter.isZero() ? error : error.withRetryAfter(retryAfter)));
    }

    private static RetryConfig config(int retries, Duration deadline) {
        return new RetryConfig(retries, Duration.ofMillis(1), Duration.ofMillis(1), deadline, 20);
    }

    private static Backoff backoff(int retries, Duration deadline) {
        return new Backoff(config(retries, deadline), () -> 0.5);
    }

    /** Nobody is spared, so that the order shows. */
    private static Selection selection() {
        GatewayConfig config = Configurations.of("""
                cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0 }
                breaker: { failures: 0 }
                retry: { budget: 1000 }
                providers:
                  - { name: a, type: openai, base-url: "http://localhost", models: [ m ] }
                  - { name: b, type: openai, base-url: "http://localhost", models: [ m ] }
                  - { name: c, type: openai, base-url: "http://localhost", models: [ m ] }
                """);
        return new ProviderPool(new CurrentConfig(config), new LocalState()).select(RouteQuery.of("m"));
    }
}
