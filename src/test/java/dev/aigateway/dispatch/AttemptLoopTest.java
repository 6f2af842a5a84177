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
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
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

    @ParameterizedTest
    @CsvSource({
        // the bound, who is asked; 0 is no bound
        "0, a b c a b c",
        "1, a",
        "2, a b",
        "4, a b c a"
    })
    void attempts_areBounded_whoeverIsAsked(int most, String order) {
        fails(config(1, ENDLESS, most, Set.of()), "OVERLOADED ".repeat(6));
        assertThat(asked).containsExactly(order.split(" "));
    }

    /** 503 is listed, 500 and 429 are not; a connection that breaks has no status. */
    @ParameterizedTest
    @CsvSource({
        "OVERLOADED OVERLOADED OVERLOADED OVERLOADED OVERLOADED OVERLOADED, a b c a b c",
        "INTERNAL OVERLOADED RATE_LIMIT OVERLOADED, a b c b",
        "INTERNAL INTERNAL INTERNAL, a b c",
        "silence:BAD_GATEWAY INTERNAL INTERNAL INTERNAL, a b c a"
    })
    void listedStatuses_areRepeated_othersOnlyGoOn(String ends, String order) {
        fails(config(1, ENDLESS, 0, Set.of(503)), ends);
        assertThat(asked).containsExactly(order.split(" "));
    }

    @Test
    void retry_isToldWithItsNumberAndItsDelay() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new LogLines(lines);
        Logger logger = Logger.getLogger("ai-gateway.retry");
        logger.addHandler(handler);
        try {
            fails(config(2, ENDLESS), "OVERLOADED ".repeat(9));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines).containsExactly("req1 retry 1 of 2 in 1 ms", "req1 retry 2 of 2 in 1 ms");
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

    private void fails(RetryConfig config, String ends) {
        assertThat(catchThrowableOfType(
                        GatewayException.class,
                        () -> run(config, ends, Duration.ZERO)
                                .collect()
                                .asList()
                                .await()
                                .atMost(Duration.ofSeconds(20))))
                .isNotNull();
    }

    private Multi<Buffer> run(int retries, Duration deadline, String ends, Duration retryAfter) {
        return run(config(retries, deadline), ends, retryAfter);
    }

    private Multi<Buffer> run(RetryConfig config, String ends, Duration retryAfter) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(ends.split(" ")));
        return new AttemptLoop<>(
                        exchange,
                        selection(),
                        new EventLoopTimers(vertx),
                        Dispatcher::millis,
                        config,
                        new Backoff(config, () -> 0.5),
                        candidate -> attempt(candidate, left.removeFirst(), config.deadline(), retryAfter))
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
        if (end.startsWith("silence:")) {
            return Multi.createFrom().failure(UpstreamFailure.silence(error));
        }
        return Multi.createFrom()
                .failure(new UpstreamFailure(retryAfter.isZero() ? error : error.withRetryAfter(retryAfter)));
    }

    private static RetryConfig config(int retries, Duration deadline) {
        return config(retries, deadline, 0, Set.of());
    }

    private static RetryConfig config(int retries, Duration deadline, int maxAttempts, Set<Integer> statuses) {
        return new RetryConfig(
                retries,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                deadline,
                20,
                maxAttempts,
                RetryConfig.Jitter.HALF,
                statuses);
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

    private static final class LogLines extends Handler {
        private final List<String> lines;

        LogLines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(((ExtLogRecord) line).getFormattedMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
