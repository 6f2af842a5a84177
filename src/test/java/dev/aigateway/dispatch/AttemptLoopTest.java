package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.Next;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.routing.VirtualTime;
import dev.aigateway.routing.state.LocalState;
import dev.aigateway.translation.splice.Envelope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In virtual time: what is asked when, and what the client is told. */
class AttemptLoopTest {
    /** Nobody is spared, so that the order shows. */
    private static final String NOBODY_SPARED = """
            cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0, not-found: 0 }
            breaker: { failures: 0 }
            """;

    private static final String THREE = """
            providers:
              - { name: a, type: openai, base-url: "http://localhost", models: [ m ] }
              - { name: b, type: openai, base-url: "http://localhost", models: [ m ] }
              - { name: c, type: openai, base-url: "http://localhost", models: [ m ] }
            """;

    private static final String BIG_STANDS_IN = THREE.replace(
                    "c, type: openai, base-url: \"http://localhost\", models: [ m ]",
                    "c, type: openai, base-url: \"http://localhost\", models: [ big ]")
            + "fallbacks: { m: [ big ] }\n";

    private final VirtualTime time = new VirtualTime();
    private final long start = time.getAsLong();
    private final LocalState state = new LocalState();
    private final List<String> asked = new ArrayList<>();
    private final List<Boolean> replaceables = new ArrayList<>();
    private final List<String> answer = new ArrayList<>();
    private Optional<GatewayError> told = Optional.empty();
    private Optional<Throwable> defect = Optional.empty();

    @ParameterizedTest
    @CsvSource({
        // what each attempt ends in, who is asked
        "ok, a",
        "OVERLOADED ok, a b",
        "AUTHENTICATION MODEL_NOT_FOUND ok, a b c",
        "unsent:BAD_REQUEST ok, a b",
        "OVERLOADED OVERLOADED OVERLOADED ok, a b c a",
        "OVERLOADED AUTHENTICATION OVERLOADED OVERLOADED ok, a b c a c",
        "AUTHENTICATION OVERLOADED AUTHENTICATION OVERLOADED OVERLOADED ok, a b c b b b"
    })
    void answer_comesFromTheFirstWhoCan_inOrder(String ends, String order) {
        Exchange exchange = run(NOBODY_SPARED + THREE + "retry: { max-retries: 5 }", ends);
        assertThat(answer).containsExactly("ok");
        assertThat(names()).containsExactly(order.split(" "));
        assertThat(exchange.attempts()).hasSize(ends.split(" ").length - 1);
    }

    @ParameterizedTest
    @CsvSource({
        // a wrong request, wrong keys, retries used up, words before connections that broke, the first of those
        "BAD_REQUEST, a, BAD_REQUEST",
        "OVERLOADED UNPROCESSABLE, a b, UNPROCESSABLE",
        "AUTHENTICATION AUTHENTICATION PERMISSION, a b c, BAD_GATEWAY",
        "RATE_LIMIT RATE_LIMIT RATE_LIMIT RATE_LIMIT RATE_LIMIT RATE_LIMIT, a b c a b c, RATE_LIMIT",
        "silent:TIMEOUT RATE_LIMIT silent:BAD_GATEWAY BAD_REQUEST, a b c b, BAD_REQUEST",
        "silent:TIMEOUT BAD_GATEWAY PERMISSION silent:TIMEOUT silent:BAD_GATEWAY, a b c a b, BAD_GATEWAY",
        "end:OVERLOADED, a, OVERLOADED"
    })
    void noAnswer_isTheMostTellingFailure(String ends, String order, Kind kind) {
        run(NOBODY_SPARED + THREE + "retry: { max-retries: 1 }", ends);
        assertThat(names()).containsExactly(order.split(" "));
        assertThat(told.orElseThrow().kind()).isEqualTo(kind);
    }

    /** What the attempts end in, one at each of three candidates; a number is the wait that the provider asks for. */
    @ParameterizedTest
    @CsvSource({
        "RATE_LIMIT/30 NOT_FOUND NOT_FOUND, RATE_LIMIT, 30",
        "NOT_FOUND RATE_LIMIT/30 NOT_FOUND, RATE_LIMIT, 30",
        "RATE_LIMIT AUTHENTICATION RATE_LIMIT/30, RATE_LIMIT, 30",
        "RATE_LIMIT/30 RATE_LIMIT RATE_LIMIT/40, RATE_LIMIT, 30",
        "RATE_LIMIT/30 BILLING OVERLOADED, RATE_LIMIT, 30",
        "OVERLOADED/30 RATE_LIMIT NOT_FOUND, RATE_LIMIT, 0",
        "RATE_LIMIT/30 silent:TIMEOUT silent:BAD_GATEWAY, RATE_LIMIT, 30",
        "OVERLOADED NOT_FOUND INTERNAL, OVERLOADED, 0",
        "INTERNAL PERMISSION OVERLOADED, INTERNAL, 0",
        "BAD_GATEWAY OVERLOADED/30 NOT_FOUND, OVERLOADED, 30",
        "TIMEOUT MODEL_NOT_FOUND AUTHENTICATION, TIMEOUT, 0",
        "OVERLOADED unsent:BAD_REQUEST NOT_FOUND, OVERLOADED, 0",
        "AUTHENTICATION unsent:BAD_REQUEST NOT_FOUND, BAD_REQUEST, 0",
        "NOT_FOUND silent:TIMEOUT AUTHENTICATION, NOT_FOUND, 0",
        "AUTHENTICATION NOT_FOUND silent:BAD_GATEWAY, NOT_FOUND, 0",
        "NOT_FOUND NOT_FOUND MODEL_NOT_FOUND, NOT_FOUND, 0",
        "silent:TIMEOUT BILLING silent:TIMEOUT, BILLING, 0",
        "silent:BAD_GATEWAY silent:TIMEOUT silent:BAD_GATEWAY, TIMEOUT, 0",
        "RATE_LIMIT/30 OVERLOADED BAD_REQUEST, BAD_REQUEST, 0"
    })
    void everybodyFails_theClientIsToldWhatItCanActOn(String ends, Kind kind, int wait) {
        run(NOBODY_SPARED + THREE + "retry: { max-retries: 0 }", ends);
        assertThat(told.orElseThrow().kind()).isEqualTo(kind);
        assertThat(told.orElseThrow().retryAfter().orElse(Duration.ZERO)).isEqualTo(Duration.ofSeconds(wait));
    }

    /** What a provider said first is no news when it has said something since. */
    @Test
    void sameCandidateFailsAgain_itsLatestWaitCounts() {
        run(only("") + "retry: { max-retries: 1 }", "RATE_LIMIT/1 RATE_LIMIT/30");
        assertThat(told.orElseThrow().retryAfter()).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"CONTEXT_TOO_LONG, MODEL_NOT_FOUND", "CONTEXT_TOO_LONG, AUTHENTICATION", "CONTENT_BLOCKED, OVERLOADED"})
    void modelThatStandsInFails_theFirstRefusalIsTold(Kind first, Kind second) {
        run(NOBODY_SPARED + BIG_STANDS_IN + "retry: { max-retries: 0 }", first + " " + second);
        assertThat(names()).containsExactly("a", "c");
        assertThat(told.orElseThrow().kind()).isEqualTo(first);
    }

    @Test
    void deadlineIsOver_theMostTellingIsToldToo() {
        run(NOBODY_SPARED + THREE + "retry: { deadline: 10s }", "RATE_LIMIT/30 slow:11000:AUTHENTICATION");
        assertThat(names()).containsExactly("a", "b");
        assertThat(told.orElseThrow().kind()).isEqualTo(Kind.RATE_LIMIT);
        assertThat(told.orElseThrow().retryAfter()).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({
        // what each attempt ends in, and when each begins: the pauses double, but the provider's wish comes first
        "OVERLOADED OVERLOADED OVERLOADED ok, 0 500 1500 3500",
        "RATE_LIMIT/7 ok, 0 7000",
        "RATE_LIMIT/0.1 OVERLOADED/9 ok, 0 500 9500",
        "slow:2000:OVERLOADED ok, 0 2500"
    })
    void pauses_growUnlessTheProviderSaysOtherwise(String ends, String times) {
        run(only("") + "retry: { max-retries: 5 }", ends);
        assertThat(answer).containsExactly("ok");
        assertThat(asked.stream().map(at -> at.split("@")[1])).containsExactly(times.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        // the deadline is 10 s: an attempt that takes longer, a pause that would
        "slow:10001:OVERLOADED ok, 1, 10001",
        "slow:9800:OVERLOADED ok, 1, 9800",
        "RATE_LIMIT/11 ok, 1, 0",
        "RATE_LIMIT/10 ok, 2, 10000"
    })
    void deadline_endsTheSearch(String ends, int attempts, long at) {
        run(only("") + "retry: { max-retries: 5, deadline: 10s }", ends);
        assertThat(asked).hasSize(attempts);
        assertThat(time.getAsLong() - start).isEqualTo(at);
        assertThat(told.isEmpty()).isEqualTo(attempts == 2);
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
        run(NOBODY_SPARED + THREE + "retry: { max-retries: 1, max-attempts: " + most + " }", "OVERLOADED ".repeat(6));
        assertThat(names()).containsExactly(order.split(" "));
    }

    /** 503 is listed, 500 and 429 are not; a connection that breaks has no status. */
    @ParameterizedTest
    @CsvSource({
        "OVERLOADED OVERLOADED OVERLOADED OVERLOADED OVERLOADED OVERLOADED, a b c a b c",
        "INTERNAL OVERLOADED RATE_LIMIT OVERLOADED, a b c b",
        "INTERNAL INTERNAL INTERNAL, a b c",
        "silent:BAD_GATEWAY INTERNAL INTERNAL INTERNAL, a b c a"
    })
    void listedStatuses_areRepeated_othersOnlyGoOn(String ends, String order) {
        run(NOBODY_SPARED + THREE + "retry: { max-retries: 1, statuses: [ 503 ] }", ends);
        assertThat(names()).containsExactly(order.split(" "));
    }

    @Test
    void retry_isToldWithItsNumberAndItsDelay() {
        List<String> lines = new ArrayList<>();
        Handler handler = new LogLines(lines);
        Logger logger = Logger.getLogger("ai-gateway.attempts");
        logger.addHandler(handler);
        try {
            run(NOBODY_SPARED + THREE + "retry: { max-retries: 2 }", "OVERLOADED ".repeat(9));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("retry 1 of 2 in 500ms");
        assertThat(lines.getLast()).contains("retry 2 of 2 in 1000ms");
    }

    /** An outage meets at most a tenth more than the requests, beyond the reserve. */
    @Test
    void budget_endsRepetitions_whenAProviderFailsEverybody() {
        ProviderPool pool = pool(NOBODY_SPARED + only("") + "retry: { max-retries: 5, budget: 10 }");
        for (int i = 0; i < 100; i++) {
            start(pool, "m", "OVERLOADED ".repeat(6));
        }
        time.run();
        assertThat(asked).hasSizeBetween(110, 100 + 10 + 10 + 10);
    }

    @Test
    void contextTooLong_goesToTheModelThatStandsIn() {
        String config = NOBODY_SPARED + BIG_STANDS_IN;
        run(config, "CONTEXT_TOO_LONG ok");
        assertThat(names()).containsExactly("a", "c");
        assertThat(answer).containsExactly("ok");
        asked.clear();
        run(config, "CONTENT_BLOCKED CONTENT_BLOCKED");
        assertThat(names()).containsExactly("a", "c");
        assertThat(told.orElseThrow().kind()).isEqualTo(Kind.CONTENT_BLOCKED);
        asked.clear();
        run(config, "BAD_REQUEST");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void everybodyCooling_isARateLimitWithTheSoonestEnd() {
        ProviderPool pool = pool(only(", api-keys: [ k, l ]"));
        start(pool, "m", "RATE_LIMIT/90.5 RATE_LIMIT/70.2");
        time.pass(Duration.ofSeconds(1));
        start(pool, "m", "");
        time.pass(Duration.ZERO);
        assertThat(told.orElseThrow().kind()).isEqualTo(Kind.RATE_LIMIT);
        assertThat(told.orElseThrow().retryAfter()).contains(Duration.ofSeconds(70));
    }

    @Test
    void everybodyBroken_isUnavailable() {
        ProviderPool pool = pool(only("")
                + "retry: { max-retries: 0 }\nbreaker: { failures: 1, duration: 30s }\ncooldown: { server-error: 0 }");
        start(pool, "m", "OVERLOADED");
        time.pass(Duration.ZERO);
        start(pool, "m", "");
        time.run();
        assertThat(asked).hasSize(1);
        assertThat(told.orElseThrow().kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(told.orElseThrow().retryAfter()).as("the early probe").contains(Duration.ofSeconds(5));
    }

    @Test
    void fullProvider_isWaitedFor() {
        ProviderPool pool = pool(only(", max-concurrent: 1"));
        start(pool, "m", "slow:3000:ok");
        start(pool, "m", "slow:3000:ok");
        start(pool, "m", "ok");
        time.run();
        assertThat(asked).containsExactly("p@0", "p@3000", "p@6000");
        assertThat(answer).containsExactly("ok", "ok", "ok");
    }

    @ParameterizedTest
    @CsvSource({"CHAT, RATE_LIMIT", "MESSAGES, OVERLOADED"})
    void waitingInVain_isTooManyRequests(Dialect dialect, Kind kind) {
        ProviderPool pool = pool(only(", max-concurrent: 1") + "queue: { timeout: 2s }");
        start(pool, "m", "slow:3000:ok");
        start(pool, exchange("m", dialect), "");
        time.pass(Duration.ofMillis(2000));
        assertThat(told.orElseThrow().kind()).isEqualTo(kind);
        assertThat(told.orElseThrow().retryAfter()).contains(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"500", "3200", "3600"})
    void clientThatLeaves_stopsEverything_andLeavesNothingBehind(long at) {
        ProviderPool pool = pool(only(", max-concurrent: 1") + "retry: { max-retries: 5 }");
        Cancellable client = start(pool, "m", "slow:3000:OVERLOADED slow:3000:OVERLOADED");
        time.pass(Duration.ofMillis(at));
        client.cancel();
        time.run();
        assertThat(asked).hasSize(at > 3500 ? 2 : 1);
        assertThat(told).isEmpty();
        time.pass(Duration.ofHours(1));
        assertThat(pool.select(RouteQuery.of("m")).next()).isInstanceOf(Next.Try.class);
    }

    /** Whoever had the request before it fell back to another model is not asked again, so nobody waits for that. */
    @Test
    void fallBack_leavesNobodyBehindToWaitFor() {
        run(NOBODY_SPARED + BIG_STANDS_IN + "retry: { max-retries: 2 }", "OVERLOADED/6 CONTEXT_TOO_LONG NOT_FOUND");
        assertThat(asked).containsExactly("a@0", "b@0", "c@0");
        assertThat(time.getAsLong()).isEqualTo(start);
        assertThat(told.orElseThrow().kind()).isEqualTo(Kind.CONTEXT_TOO_LONG);
    }

    /** Nobody waits either for a repetition that the budget does not allow. */
    @Test
    void emptyRetryBudget_endsTheRequestAtOnce() {
        run(
                NOBODY_SPARED + only("") + "retry: { max-retries: 100, base-delay: 1ms, max-delay: 1ms }",
                "OVERLOADED ".repeat(100));
        assertThat(asked).hasSizeBetween(10, 20);
        assertThat(asked.getLast()).isEqualTo("p@" + (time.getAsLong() - start));
    }

    @ParameterizedTest
    @CsvSource({
        "'', true true false",
        "'retry: { max-attempts: 2 }', true false",
        "'retry: { max-attempts: 1 }', false",
    })
    void candidate_isReplaceable_asLongAsAnotherModelWouldBeAsked(String settings, String replaceable) {
        run(NOBODY_SPARED + BIG_STANDS_IN + settings, "NOT_FOUND NOT_FOUND ok");
        assertThat(replaceables.stream().map(String::valueOf)).containsExactly(replaceable.split(" "));
    }

    @Test
    void candidate_isNotReplaceable_byModelsThatNobodyMayBeAskedFor() {
        ProviderPool pool = pool(BIG_STANDS_IN);
        start(pool, "m", "NOT_FOUND NOT_FOUND AUTHENTICATION");
        time.run();
        start(pool, "m", "BAD_REQUEST");
        time.run();
        assertThat(replaceables).containsExactly(true, true, false, false);
    }

    /** Whoever finds fault with a request works. */
    @ParameterizedTest
    @CsvSource({"BAD_REQUEST, false", "CONTENT_BLOCKED, false", "RATE_LIMIT, true", "OVERLOADED, true"})
    void wrongRequest_endsARowOfFailures(String between, boolean open) {
        ProviderPool pool = pool("cooldown: { rate-limit: 0, server-error: 0 }\nretry: { max-retries: 0 }\n"
                + "breaker: { failures: 3 }\n" + only(""));
        for (String end : List.of("OVERLOADED", "OVERLOADED", between, "OVERLOADED")) {
            start(pool, "m", end);
            time.run();
        }
        time.pass(Duration.ofMinutes(1));
        assertThat(pool.select(RouteQuery.of("m")).next())
                .isInstanceOfSatisfying(
                        Next.Try.class,
                        next -> assertThat(next.lease().probed().isEmpty()).isNotEqualTo(open));
    }

    /** A client that breaks off its upload tells nothing of the provider that is being probed. */
    @Test
    void uploadThatBreaksOff_leavesTheBreakerAsItWas() {
        ProviderPool pool =
                pool(only("") + "breaker: { failures: 1 }\ncooldown: { network: 0 }\nretry: { max-retries: 0 }");
        start(pool, "m", "silent:BAD_GATEWAY");
        time.run();
        time.pass(Duration.ofMinutes(1));
        start(pool, "m", "silent:CLIENT_CLOSED");
        time.run();
        assertThat(told.orElseThrow().kind()).isEqualTo(Kind.CLIENT_CLOSED);
        time.pass(Duration.ofMinutes(1));
        assertThat(pool.select(RouteQuery.of("m")).next())
                .isInstanceOfSatisfying(
                        Next.Try.class,
                        next -> assertThat(next.lease().probed()).isNotEmpty());
    }

    @Test
    void failureAfterTheFirstItem_isNotRecovered() {
        Multi<String> begun = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item("begun"),
                        Multi.createFrom().failure(new IllegalStateException("defect")));
        Exchange exchange = exchange("m", Dialect.CHAT);
        ProviderPool pool = pool(THREE);
        loop(pool, exchange, (lease, replaceable) -> begun)
                .run()
                .subscribe()
                .with(answer::add, failure -> defect = Optional.of(failure));
        assertThat(answer).containsExactly("begun");
        assertThat(defect.orElseThrow()).hasMessage("defect");
        assertThat(exchange.attempts()).isEmpty();
        assertThat(state.isQuiet()).isTrue();
    }

    private GatewayConfig config = Configurations.of("{}");

    private static String only(String settings) {
        return "providers:\n  - { name: p, type: openai, base-url: \"http://localhost\", models: [ m ]" + settings
                + " }\n";
    }

    private ProviderPool pool(String yaml) {
        config = Configurations.of(yaml);
        return new ProviderPool(new CurrentConfig(config), state, time, () -> 0.5);
    }

    private List<String> names() {
        return asked.stream().map(at -> at.split("@")[0]).toList();
    }

    private Exchange run(String yaml, String ends) {
        Exchange exchange = exchange("m", Dialect.CHAT);
        start(pool(yaml), exchange, ends);
        time.run();
        return exchange;
    }

    private Cancellable start(ProviderPool pool, String model, String ends) {
        return start(pool, exchange(model, Dialect.CHAT), ends);
    }

    private Cancellable start(ProviderPool pool, Exchange exchange, String ends) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(ends.split(" ")));
        return loop(pool, exchange, (lease, replaceable) -> {
                    replaceables.add(replaceable);
                    return attempt(lease.candidate(), left.removeFirst());
                })
                .run()
                .subscribe()
                .with(answer::add, failure -> told = Optional.of(((GatewayException) failure).error()));
    }

    private AttemptLoop<String> loop(ProviderPool pool, Exchange exchange, AttemptLoop.Opener<String> opener) {
        Selection selection = pool.select(RouteQuery.of("m"));
        return new AttemptLoop<>(
                exchange, selection, time, time, config.retry(), new Backoff(config.retry(), () -> 0.5), true, opener);
    }

    /** Such as {@code ok}, {@code slow:200:ok}, {@code silent:TIMEOUT} or {@code RATE_LIMIT/7}. */
    private Multi<String> attempt(Candidate candidate, String end) {
        asked.add(candidate.provider().name() + "@" + (time.getAsLong() - start));
        String[] parts = end.split(":");
        String result = parts[parts.length - 1];
        Duration lasts = parts[0].equals("slow") ? Duration.ofMillis(Long.parseLong(parts[1])) : Duration.ZERO;
        return Uni.createFrom()
                .<String>emitter(emitter -> emitter.onTermination(time.after(lasts, () -> {
                    if (result.equals("ok")) {
                        emitter.complete("ok");
                    } else {
                        emitter.fail(failure(parts[0], result.split("/")));
                    }
                })::run))
                .toMulti();
    }

    private static Throwable failure(String how, String[] kindAndWait) {
        GatewayError kind = GatewayError.of(Kind.valueOf(kindAndWait[0]), "words");
        GatewayError error = kindAndWait.length == 1
                ? kind
                : kind.withRetryAfter(Duration.ofMillis(Math.round(Double.parseDouble(kindAndWait[1]) * 1000)));
        return switch (how) {
            case "silent" -> UpstreamFailure.silence(error);
            case "unsent" -> UpstreamFailure.unsent(error);
            case "end" -> UpstreamFailure.last(new UpstreamFailure(error));
            default -> new UpstreamFailure(error);
        };
    }

    private Exchange exchange(String model, Dialect dialect) {
        Envelope envelope = new Envelope(new byte[0], Optional.of(model), false, Optional.empty());
        return new Exchange(new ClientRequest("req1", "open", dialect, model, envelope, Map.of()), config);
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
