package dev.aigateway.wire;

import static dev.aigateway.wire.Fleet.answer;
import static dev.aigateway.wire.Fleet.ask;
import static dev.aigateway.wire.Fleet.error;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What one request does when an attempt fails (behaviour reference, rows 124 to 128, 133, 134, 137 to 143, 148, 149). */
@QuarkusTest
@QuarkusTestResource(value = FleetGateway.class, restrictToAnnotatedClass = true)
class RetryTest {
    /** Nobody is ever spared, so that only the retries of one request are seen. */
    private static final String FORGIVING = """
            cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0 }
            breaker: { failures: 0 }
            """;

    /** Clocks of test and gateway tick apart, and both are cut to milliseconds. */
    private static final long TOLERANCE_MILLIS = 20;

    Fleet fleet;

    @BeforeEach
    void reset() {
        fleet.reset();
    }

    /** Rows 124 and 125, X-03: what is wrong with one key need not be wrong with the next. */
    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 429})
    void keyFails_sameRequestIsServedWithTheNext_andTheKeyIsSpared(int status) {
        fleet.configure("routing: { keys: fill-first }", fleet.provider("a", "api-keys: [ k1, k2 ]"));
        fleet.a.then(error(status));
        assertThat(servedBy("m", 4)).isEqualTo("aaaa");
        assertThat(fleet.a.takeAll()).extracting(Fleet::key).containsExactly("k1", "k2", "k2", "k2", "k2");
    }

    /** Rows 126 and X-02. */
    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 529})
    void providerFails_anotherServes_andTheFirstIsAskedOnce(int status) {
        fleet.configure("", fleet.provider("a", "api-keys: [ k1, k2 ]"), fleet.provider("b", ""));
        fleet.a.otherwise(error(status));
        assertThat(servedBy("m")).isEqualTo("b");
        assertThat(fleet.a.untaken()).isEqualTo(1);
    }

    /** Row 127. */
    @Test
    void nobodyListens_anotherServes() {
        ScriptedUpstream gone = fleet.another();
        int port = gone.port();
        gone.close();
        fleet.configure("", fleet.provider("gone", port, ""), fleet.provider("b", ""));
        assertThat(servedBy("m", 5)).isEqualTo("bbbbb");
    }

    /** Rows 128 and G-01: five wrong requests are more than the breaker lets pass, if they counted. */
    @ParameterizedTest
    @ValueSource(ints = {400, 405, 409, 413, 422})
    void clientsOwnMistake_isNotRetried_andCostsNobodyAnything(int status) {
        fleet.configure("breaker: { failures: 1 }", fleet.provider("a", ""), fleet.provider("b", ""));
        for (int i = 0; i < 5; i++) {
            fleet.a.then(error(status));
            assertThat(ask("m").statusCode()).isEqualTo(status);
        }
        assertThat(servedBy("m")).isEqualTo("a");
        assertThat(fleet.a.untaken()).isEqualTo(6);
        assertThat(fleet.b.untaken()).isZero();
    }

    /** A provider that does not know the model is asked for others all the same. */
    @Test
    void unknownModel_anotherServesIt_andTheFirstKeepsItsOthers() {
        fleet.configure(
                "cooldown: { not-found: 1h }",
                fleet.provider("a", "models: [ m, x ]"),
                fleet.provider("b", "models: [ m, x ]"));
        fleet.a.then(error(404));
        assertThat(servedBy("m", 2)).isEqualTo("bb");
        assertThat(servedBy("x")).isEqualTo("a");
    }

    /** Rows 133 and 134, where a switch turned every second try off: here it is the bound of attempts (docs/differences.md). */
    @ParameterizedTest
    @ValueSource(ints = {401, 429, 500})
    void oneAttempt_isOneCall_whateverElseThereIs(int status) {
        fleet.configure(
                "retry: { max-attempts: 1 }", fleet.provider("a", "api-keys: [ k1, k2 ]"), fleet.provider("b", ""));
        fleet.a.otherwise(error(status));
        assertThat(ask("m").statusCode()).isNotEqualTo(200);
        assertThat(fleet.a.untaken()).isEqualTo(1);
        assertThat(fleet.b.untaken()).isZero();
    }

    /** The same request put in other words is one more call. */
    @ParameterizedTest
    @CsvSource({"0, 2, 200", "2, 2, 200", "1, 1, 400"})
    void repair_isAnAttemptLikeOthers(int most, int calls, int status) {
        fleet.configure("retry: { max-attempts: " + most + " }", fleet.provider("a", ""));
        fleet.a.then(Script.status(400)
                .body("{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model."
                        + " Use 'max_completion_tokens' instead.\"}}"));
        assertThat(ask("m").statusCode()).isEqualTo(status);
        assertThat(fleet.a.untaken()).isEqualTo(calls);
    }

    /** Rows 137, 138, 149 and R-06: each candidate once, and once more for each retry. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1", //
        "1, 2, 0, 3",
        "3, 0, 0, 3",
        "2, 2, 0, 6",
        "3, 1, 0, 6",
        "3, 1, 4, 4",
        "1, 9, 2, 2"
    })
    void everybodyFails_callsAreBounded(int providers, int retries, int most, int calls) {
        fleet.configure(
                FORGIVING + "retry: { max-retries: " + retries + ", max-attempts: " + most
                        + ", base-delay: 1ms, budget: 1000 }",
                fleet.provider("a", ""),
                providers > 1 ? fleet.provider("b", "") : "",
                providers > 2 ? fleet.provider("c", "") : "");
        for (String name : List.of("a", "b", "c")) {
            fleet.upstream(name).otherwise(error(500));
        }
        assertThat(ask("m").statusCode()).isEqualTo(500);
        assertThat(fleet.a.untaken() + fleet.b.untaken() + fleet.c.untaken()).isEqualTo(calls);
    }

    /** Rows 140, 142 and X-17. How long a pause was meant to be says the log; nobody was asked any sooner. */
    @Test
    void pauses_double_withHalfJitter() {
        LogLines log = fleet.log();
        fleet.configure(
                FORGIVING + "retry: { max-retries: 3, base-delay: 100ms, budget: 1000 }\n" + Fleet.logTo(log),
                fleet.provider("a", ""));
        fleet.a.otherwise(error(503));
        assertThat(ask("m").statusCode()).isEqualTo(503);
        List<Long> pauses = pauses(log, 3);
        assertThat(pauses.get(0)).isBetween(50L, 150L);
        assertThat(pauses.get(1)).isBetween(100L, 300L);
        assertThat(pauses.get(2)).isBetween(200L, 600L);
        assertKept(pauses);
    }

    /** Row 139: half jitter would never be below 20 ms; one time in thirty thousand full jitter is not either. */
    @Test
    void pauses_withFullJitter_mayBeShort() {
        LogLines log = fleet.log();
        fleet.configure(
                FORGIVING
                        + "retry: { max-retries: 15, base-delay: 40ms, max-delay: 40ms, jitter: full, budget: 1000 }\n"
                        + Fleet.logTo(log),
                fleet.provider("a", ""));
        fleet.a.otherwise(error(503));
        assertThat(ask("m").statusCode()).isEqualTo(503);
        List<Long> pauses = pauses(log, 15);
        assertThat(pauses).allMatch(pause -> pause <= 40).anyMatch(pause -> pause < 20);
        assertKept(pauses);
    }

    /** P-01: the only candidate is not asked again before the time that it wished for. */
    @Test
    void retryAfter_isWaitedFor() {
        fleet.configure("retry: { base-delay: 1ms }", fleet.provider("a", ""));
        fleet.a.then(Script.status(429).header("retry-after-ms", "700").body("{}"));
        assertThat(servedBy("m")).isEqualTo("a");
        assertThat(gaps().getFirst()).isGreaterThanOrEqualTo(650);
    }

    /** Providers that do not say when to come again say when their limits end. */
    @ParameterizedTest
    @CsvSource({
        "429, x-ratelimit-reset-tokens, 1m30s, '', 90",
        "429, x-ratelimit-reset-tokens, 1m30s, 7, 7",
        "429, x-ratelimit-reset, 2000000, '', 86400",
        "503, x-ratelimit-reset-tokens, 1m30s, '', ''"
    })
    void limitsReset_isToldToTheClient_unlessThereIsRetryAfter(
            int status, String header, String value, String retryAfter, String told) {
        fleet.configure("retry: { max-retries: 0 }", fleet.provider("a", ""));
        Script refusal = error(status).header(header, value);
        fleet.a.then(retryAfter.isEmpty() ? refusal : refusal.header("retry-after", retryAfter));
        HttpResponse<String> response = ask("m");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("retry-after").orElse("")).isEqualTo(told);
    }

    @Test
    void limitsReset_isWaitedFor() {
        fleet.configure("retry: { base-delay: 1ms }", fleet.provider("a", ""));
        fleet.a.then(error(429).header("x-ratelimit-reset-requests", "700ms"));
        assertThat(servedBy("m")).isEqualTo("a");
        assertThat(gaps().getFirst()).isGreaterThanOrEqualTo(650);
    }

    /** Row 141. */
    @Test
    void listedStatuses_areRetried_othersAreNot() {
        fleet.configure(
                FORGIVING + "retry: { max-retries: 5, base-delay: 1ms, statuses: [ 429, 503 ] }",
                fleet.provider("a", ""));
        fleet.a.then(error(503)).then(error(503)).then(answer("a"));
        assertThat(servedBy("m")).isEqualTo("a");
        assertThat(fleet.a.takeAll()).hasSize(3);
        fleet.a.then(error(500));
        assertThat(ask("m").statusCode()).isEqualTo(500);
        assertThat(fleet.a.takeAll()).hasSize(1);
    }

    /** Rows 143 and R-07: the client would have gone long before the pause were over. */
    @ParameterizedTest
    @CsvSource({"400, 5", "422, 5", "401, 5", "500, 0"})
    void nothingLeftToTry_isToldAtOnce(int status, int retries) {
        fleet.configure(
                FORGIVING + "retry: { max-retries: " + retries + ", base-delay: 90s, max-delay: 90s }",
                fleet.provider("a", ""));
        fleet.a.otherwise(error(status));
        assertThat(ask("m").statusCode()).isEqualTo(status == 401 ? 502 : status);
        assertThat(fleet.a.untaken()).isEqualTo(1);
    }

    /** What the client can act on comes before what it cannot, whoever was asked last. */
    @ParameterizedTest
    @CsvSource({
        "429, 404, 429, 30", //
        "429, 401, 429, 30",
        "429, 402, 429, 30",
        "404, 429, 429, 30",
        "503, 404, 503, 30",
        "503, 403, 503, 30",
        "404, 404, 404, ''"
    })
    void everybodyFails_theMostTellingErrorIsShown(int first, int second, int shown, String wait) {
        fleet.configure(FORGIVING + "retry: { max-retries: 0 }", fleet.provider("a", ""), fleet.provider("b", ""));
        fleet.a.then(refusal(first));
        fleet.b.then(refusal(second));
        HttpResponse<String> response = ask("m");
        assertThat(response.statusCode()).isEqualTo(shown);
        assertThat(response.headers().firstValue("retry-after").orElse("")).isEqualTo(wait);
    }

    private static Script refusal(int status) {
        Script refusal = error(status);
        return status == 429 || status == 503 ? refusal.header("retry-after", "30") : refusal;
    }

    /** The model that stands in is unknown to the client; that the prompt is too long it can mend. */
    @ParameterizedTest
    @ValueSource(ints = {401, 404, 500})
    void modelThatStandsInFails_theClientIsToldOfItsOwn(int status) {
        fleet.configure(
                FORGIVING + "retry: { max-retries: 0 }\nfallbacks: { m: [ f ] }",
                fleet.provider("a", ""),
                fleet.provider("b", "models: [ f ]"));
        fleet.a.then(Script.status(400)
                .body("{\"error\":{\"message\":\"prompt is too long\",\"code\":\"context_length_exceeded\"}}"));
        fleet.b.then(error(status));
        HttpResponse<String> response = ask("m");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("context_length_exceeded");
        assertThat(fleet.b.untaken()).isEqualTo(1);
    }

    @Test
    void deadlineIsOver_theLimitOfTheFirstIsShown() {
        fleet.configure(
                "retry: { deadline: 200ms }\nstreaming: { first-byte-timeout: 400ms }",
                fleet.provider("a", ""),
                fleet.provider("b", ""));
        fleet.a.then(refusal(429));
        fleet.b.then(Script.stream().await(new CompletableFuture<>()));
        HttpResponse<String> response = ask("m");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("30");
    }

    /** An outage must not triple the load: without the budget there would be sixty calls. */
    @Test
    void retryBudget_boundsWhatAnOutageCosts() {
        fleet.configure(FORGIVING + "retry: { max-retries: 2, base-delay: 1ms, budget: 10 }", fleet.provider("a", ""));
        fleet.a.otherwise(error(500));
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(ask("m").statusCode()).isEqualTo(500);
        }
        int seconds = (int) ((System.nanoTime() - start) / 1_000_000_000) + 1;
        // Ten are kept in reserve, one comes back each second, and a tenth of the requests is two.
        assertThat(fleet.a.untaken()).isBetween(20 + 10, 20 + 10 + 2 + seconds);
    }

    /** Rows 148 and G-23. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientLeaves_isNobodysFailure(boolean stream) {
        fleet.configure("breaker: { failures: 1 }", fleet.provider("a", ""), fleet.provider("b", ""));
        for (int i = 0; i < 5; i++) {
            fleet.a.then(Script.stream().await(new CompletableFuture<>()));
            var answer = GatewayClient.postLater(Fleet.CHAT, stream ? streamRequest("m") : request("m"));
            Received received = fleet.a.take();
            answer.cancel(true);
            received.awaitClosed();
        }
        assertThat(servedBy("m")).isEqualTo("a");
        assertThat(fleet.b.untaken()).isZero();
    }

    /** Row 148, after the answer has begun. */
    @Test
    void clientLeavesAStream_isNobodysFailure() {
        fleet.configure("breaker: { failures: 1 }", fleet.provider("a", ""), fleet.provider("b", ""));
        for (int i = 0; i < 5; i++) {
            fleet.a.then(Script.stream()
                    .send("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"begun\"}}]}\n\n")
                    .await(new CompletableFuture<>()));
            try (var stream = GatewayClient.open(Fleet.CHAT, streamRequest("m"))) {
                stream.readUntil("begun");
            }
            fleet.a.take().awaitClosed();
        }
        assertThat(servedBy("m")).isEqualTo("a");
        assertThat(fleet.b.untaken()).isZero();
    }

    /** one request is counted, however many attempts it takes. */
    @Test
    void requests_areCountedOnce_forWhoServedThem() {
        fleet.configure("", fleet.provider("a", ""), fleet.provider("b", ""));
        fleet.a.otherwise(error(500));
        assertThat(servedBy("m", 3)).isEqualTo("bbb");
        Fleet.await(() -> requestsCounted("b") >= 3, "the requests are counted");
        assertThat(requestsCounted("b")).isEqualTo(3);
        assertThat(requestsCounted("a")).isZero();
    }

    private long requestsCounted(String provider) {
        HttpResponse<String> metrics =
                GatewayClient.send(GatewayClient.request("/q/metrics").GET().build());
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith("ai_gateway_requests_seconds_count{")
                        && line.contains("provider=\"" + fleet.name(provider) + "\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Milliseconds of each pause, as the log has them. */
    private static List<Long> pauses(LogLines log, int retries) {
        log.await(" retry " + retries + " of " + retries + " in ");
        return log.about(" of " + retries + " in ").stream()
                .map(line -> Long.valueOf(line.replaceFirst(".* retry \\d+ of \\d+ in (\\d+)ms after .*", "$1")))
                .toList();
    }

    private void assertKept(List<Long> pauses) {
        List<Long> gaps = gaps();
        assertThat(gaps).hasSameSizeAs(pauses);
        for (int i = 0; i < gaps.size(); i++) {
            assertThat(gaps.get(i) + TOLERANCE_MILLIS).isGreaterThanOrEqualTo(pauses.get(i));
        }
    }

    /** Milliseconds between the calls to the first upstream. */
    private List<Long> gaps() {
        List<Received> calls = fleet.a.takeAll();
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < calls.size(); i++) {
            gaps.add((calls.get(i).arrived() - calls.get(i - 1).arrived()) / 1_000_000);
        }
        return gaps;
    }
}
