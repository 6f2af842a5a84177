package dev.aigateway.wire;

import static dev.aigateway.wire.Fleet.answer;
import static dev.aigateway.wire.Fleet.ask;
import static dev.aigateway.wire.Fleet.error;
import static dev.aigateway.wire.Fleet.request;
import static dev.aigateway.wire.Fleet.servedBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who has failed is left alone for a while, and then is not (behaviour reference, rows 36, 37, 104, 129 to 136, 144 to 147).
 * Times are never bounded from above: the machine may be busy. Where a wrong time must show, it is an hour.
 */
@QuarkusTest
@QuarkusTestResource(value = FleetGateway.class, restrictToAnnotatedClass = true)
class SparingTest {
    private static final String NO_COOLDOWN =
            "cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0, not-found: 0 }\n"
                    + "retry: { max-retries: 0 }\n";
    private static final String OPENS_FOR_AN_HOUR = "breaker: { failures: 3, duration: 1h, probe-interval: 1h }\n";
    /** Clocks of test and gateway tick apart, and both are cut to milliseconds. */
    private static final Duration TOLERANCE = Duration.ofMillis(20);

    Fleet fleet;

    @BeforeEach
    void reset() {
        fleet.reset();
    }

    /** Rows 129 and 130: each kind of failure has its own time; with another one's the test would take an hour. */
    @ParameterizedTest
    @CsvSource({"429, rate-limit", "500, server-error", "0, network", "401, refused", "404, not-found"})
    void cooldown_hasALengthForEachKindOfFailure(int status, String kind) {
        String others = "rate-limit: 1h, server-error: 1h, network: 1h, refused: 1h, not-found: 1h"
                .replace(kind + ": 1h", kind + ": 700ms");
        assertSpared("cooldown: { " + others + " }", status == 0 ? Script.hangUp() : error(status), 700);
    }

    /** Rows 131, X-15 and P-01. */
    @Test
    void retryAfterInSeconds_isTheLength() {
        assertSpared(
                "cooldown: { rate-limit: 1h }",
                Script.status(429).header("retry-after", "1").body("{}"),
                1000);
    }

    /** Row 132. Dates have no fractions of a second. */
    @Test
    void retryAfterAsDate_isTheEnd() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3).atOffset(ZoneOffset.UTC));
        assertSpared(
                "cooldown: { server-error: 1h }",
                Script.status(503).header("retry-after", date).body("{}"),
                1000);
    }

    @Test
    void retryAfter_isHonouredUpToTheLongest() {
        assertSpared(
                "cooldown: { longest: 700ms }",
                Script.status(429).header("retry-after", "3600").body("{}"),
                700);
    }

    /** What the error itself says, behind a provider of any type. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429|{'error':{'message':'Rate limit reached. Please try again in 700ms.','code':'rate_limit_exceeded'}}|700",
                "429|{'error':{'message':'m','type':'usage_limit_reached','resets_in_seconds':1}}|1000",
                "429|[{'error':{'code':429,'message':'m','details':[{'retryDelay':'0.7s'}]}}]|700",
                "503|{'error':{'message':'Overloaded. Please retry in 0.7s.'}}|700"
            })
    void waitInTheError_isTheLength(int status, String body, long atLeast) {
        assertSpared(
                "cooldown: { rate-limit: 1h, server-error: 1h }",
                Script.status(status).body(body.replace('\'', '"')),
                atLeast);
    }

    /** The header comes first, and the client is told of either. */
    @ParameterizedTest
    @CsvSource({", 432", "retry-after-ms, 500", "x-ratelimit-reset-tokens, 432"})
    void waitInTheError_isTold_unlessAHeaderSaysHowLong(String header, String told) {
        fleet.configure("retry: { max-retries: 0 }", fleet.provider("a", ""));
        Script limit = Script.status(429)
                .body("{\"error\":{\"message\":\"Please try again in 7m12s.\",\"code\":\"rate_limit_exceeded\"}}");
        fleet.a.then(header == null ? limit : limit.header(header, "500000"));
        HttpResponse<String> response = ask("m");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains(told);
    }

    private void assertSpared(String settings, Script failure, long atLeast) {
        fleet.configure(settings + "\nbreaker: { failures: 0 }", fleet.provider("a", ""), fleet.provider("b", ""));
        fleet.a.then(failure);
        long start = System.nanoTime();
        assertThat(servedBy("m")).isEqualTo("b");
        assertThat(fleet.a.takeAll()).hasSize(1);
        Fleet.await(() -> servedBy("m").equals("a"), "the first serves again");
        assertThat(Duration.ofNanos(System.nanoTime() - start).plus(TOLERANCE))
                .isGreaterThanOrEqualTo(Duration.ofMillis(atLeast));
        assertThat(fleet.a.takeAll()).as("calls while it was spared").hasSize(1);
    }

    /** Row 104. */
    @Test
    void fillFirst_goesBackToTheFirstKey_whenItsTimeIsOver() {
        fleet.configure(
                "routing: { keys: fill-first }\ncooldown: { rate-limit: 700ms }",
                fleet.provider("a", "api-keys: [ k1, k2 ]"));
        fleet.a.then(error(429));
        assertThat(servedBy("m")).isEqualTo("a");
        assertThat(fleet.a.takeAll()).extracting(Fleet::key).containsExactly("k1", "k2");
        Fleet.await(
                () -> {
                    assertThat(servedBy("m")).isEqualTo("a");
                    return Fleet.key(fleet.a.take()).equals("k1");
                },
                "the first key is used again");
    }

    /** Row 125: a key that is refused is refused for every model; one that asks too much may do so for one. */
    @ParameterizedTest
    @CsvSource({"401, k2", "402, k2", "429, k1", "403, k1"})
    void key_isSparedForAllModels_onlyIfTheKeyIsAtFault(int status, String keyOfOtherModel) {
        fleet.configure("routing: { keys: fill-first }", fleet.provider("a", "models: [ m, x ], api-keys: [ k1, k2 ]"));
        fleet.a.then(error(status));
        assertThat(servedBy("m")).isEqualTo("a");
        fleet.a.takeAll();
        assertThat(servedBy("x")).isEqualTo("a");
        assertThat(Fleet.key(fleet.a.take())).isEqualTo(keyOfOtherModel);
    }

    /** Rows 135 and X-16. */
    @Test
    void providerWhoseKeysAreAllSpared_isPassedOver_andComesBackByItself() {
        fleet.configure(
                "cooldown: { rate-limit: 700ms }",
                fleet.provider("a", "api-keys: [ k1, k2 ]"),
                fleet.provider("b", ""));
        fleet.a.then(error(429)).then(error(429));
        assertThat(servedBy("m")).isEqualTo("b");
        assertThat(fleet.a.takeAll()).hasSize(2);
        Fleet.await(() -> servedBy("m").equals("a"), "the first serves again");
        assertThat(fleet.a.takeAll()).as("calls while it was spared").hasSize(1);
    }

    /** Rows 94, 136, R-11 and G-19: without a call, and with the time after which it is worth while. */
    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, 429, 429",
        "/v1/chat/completions, 500, 503",
        "/v1/messages, 429, 429",
        "/v1/messages, 500, 529"
    })
    void everybodyIsSpared_theClientIsToldForHowLong(String path, int status, int told) {
        fleet.configure(
                "retry: { max-retries: 0 }\ncooldown: { rate-limit: 1h, server-error: 1h }",
                fleet.provider("a", ""),
                fleet.provider("b", ""));
        fleet.a.then(Script.status(status).header("retry-after", "1000").body("{}"));
        fleet.b.then(Script.status(status).header("retry-after", "500").body("{}"));
        GatewayClient.post(path, request("m"));
        HttpResponse<String> response = GatewayClient.post(path, request("m"));
        assertThat(response.statusCode()).isEqualTo(told);
        assertThat(Integer.parseInt(response.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(400, 500);
        assertThat(fleet.a.untaken()).isEqualTo(1);
        assertThat(fleet.b.untaken()).isEqualTo(1);
    }

    /** Row 136, as the operator may choose instead. */
    @Test
    void everybodyIsSpared_lastResortTriesAllTheSame() {
        fleet.configure(
                "routing: { last-resort: true }\nretry: { max-retries: 0 }\ncooldown: { server-error: 1h }",
                fleet.provider("a", ""));
        fleet.a.then(error(500));
        assertThat(ask("m").statusCode()).isEqualTo(500);
        assertThat(servedBy("m")).isEqualTo("a");
        assertThat(fleet.a.untaken()).isEqualTo(2);
    }

    /** Row 144. */
    @Test
    void breaker_opensAfterThreeRequestsThatFailed() {
        openOn(500);
        assertThat(servedBy("m", 5)).isEqualTo("bbbbb");
        assertThat(fleet.a.untaken()).isZero();
    }

    /** One request that fails often is one failure. */
    @Test
    void breaker_countsRequestsNotAttempts() {
        fleet.configure(
                NO_COOLDOWN.replace("max-retries: 0", "max-retries: 5, base-delay: 1ms, budget: 1000")
                        + OPENS_FOR_AN_HOUR,
                fleet.provider("a", ""));
        for (int i = 0; i < 6; i++) {
            fleet.a.then(error(500));
        }
        assertThat(ask("m").statusCode()).isEqualTo(500);
        assertThat(servedBy("m")).isEqualTo("a");
    }

    /** Row 145; a provider that cannot be reached cannot be for any model. */
    @ParameterizedTest
    @CsvSource({"500, a", "0, b"})
    void breaker_isOfTheModel_andForConnectionsOfTheProvider(int status, String otherModelServedBy) {
        openOn(status);
        assertThat(servedBy("x")).isEqualTo(otherModelServedBy);
    }

    /** Row 146. */
    @Test
    void success_resetsTheCount() {
        fleet.configure(NO_COOLDOWN + OPENS_FOR_AN_HOUR, fleet.provider("a", ""), fleet.provider("b", ""));
        for (Script script : new Script[] {error(500), error(500), answer("a"), error(500), error(500)}) {
            fleet.a.then(script);
        }
        assertThat(servedBy("m", 6)).isEqualTo("bbabba");
    }

    /** Rows 147 and G-02: one request at a time finds out whether it is over. */
    @Test
    void breaker_whenItsTimeIsOver_letsASingleProbeThrough() {
        openOn(500, "breaker: { failures: 3, duration: 700ms, probe-interval: 1h }");
        CompletableFuture<Void> verdict = new CompletableFuture<>();
        CompletableFuture<HttpResponse<String>> probe = heldProbe(verdict, answer("probe"));
        assertThat(servedBy("m", 5)).isEqualTo("bbbbb");
        assertThat(fleet.a.untaken()).as("one probe").isEqualTo(1);
        verdict.complete(null);
        assertThat(Fleet.text(probe.join())).isEqualTo("probe");
        Fleet.await(() -> servedBy("m").equals("a"), "the breaker is closed");
        assertThat(servedBy("m", 5)).isEqualTo("aaaaa");
    }

    /** G-02: the probe that fails opens it for the whole time again. */
    @Test
    void probeThatFails_opensAgain() {
        openOn(500, "breaker: { failures: 3, duration: 700ms, probe-interval: 1h }");
        twoProviders(NO_COOLDOWN + OPENS_FOR_AN_HOUR);
        CompletableFuture<Void> verdict = new CompletableFuture<>();
        CompletableFuture<HttpResponse<String>> probe = heldProbe(verdict, error(500));
        fleet.a.takeAll();
        verdict.complete(null);
        assertThat(Fleet.text(probe.join())).isEqualTo("b");
        assertThat(servedBy("m", 5)).isEqualTo("bbbbb");
        assertThat(fleet.a.untaken()).isZero();
    }

    /** A probe whose client leaves tells nothing; the next request may be the probe. */
    @Test
    void probeThatIsGivenUp_isFollowedByAnother() {
        openOn(500, "breaker: { failures: 3, duration: 700ms, probe-interval: 1h }");
        CompletableFuture<HttpResponse<String>> probe = heldProbe(new CompletableFuture<>(), answer("probe"));
        Received received = fleet.a.take();
        probe.cancel(true);
        received.awaitClosed();
        Fleet.await(() -> servedBy("m").equals("a"), "another probe closes the breaker");
    }

    /** When nobody else can serve, nobody waits for half an hour. */
    @Test
    void breaker_isProbedEarly_whenThereIsNobodyElse() {
        fleet.configure(
                NO_COOLDOWN + "breaker: { failures: 3, duration: 1h, probe-interval: 700ms }", fleet.provider("a", ""));
        for (int i = 0; i < 3; i++) {
            fleet.a.then(error(500));
            assertThat(ask("m").statusCode()).isEqualTo(500);
        }
        Fleet.await(() -> ask("m").statusCode() == 200, "the early probe");
        assertThat(servedBy("m", 3)).isEqualTo("aaa");
    }

    /** Row 36: the key is the same, wherever it stands. */
    @Test
    void cooldown_survivesAReload() {
        fleet.configure("cooldown: { rate-limit: 1h }", fleet.provider("a", "api-keys: [ k1, k2 ]"));
        fleet.a.then(error(429));
        assertThat(servedBy("m")).isEqualTo("a");
        String spared = Fleet.key(fleet.a.take());
        fleet.configure(
                "cooldown: { rate-limit: 2h }\ndefault-model: m", fleet.provider("a", "api-keys: [ k3, k2, k1 ]"));
        fleet.a.takeAll();
        assertThat(servedBy("m", 6)).isEqualTo("aaaaaa");
        assertThat(fleet.a.takeAll())
                .extracting(Fleet::key)
                .doesNotContain(spared)
                .contains("k3");
    }

    /** Row 37. */
    @Test
    void openBreaker_survivesAReload() {
        openOn(500);
        twoProviders(NO_COOLDOWN + OPENS_FOR_AN_HOUR + "default-model: m\n");
        assertThat(servedBy("m", 3)).isEqualTo("bbb");
        assertThat(fleet.a.untaken()).isZero();
    }

    /** What is forwarded as it is goes by the same rules. */
    @Test
    void embeddings_failOver_andSpare() {
        fleet.configure(
                "routing: { keys: fill-first }",
                fleet.provider("a", "serves: [ embeddings ], api-keys: [ k1, k2 ]"),
                fleet.provider("b", "serves: [ embeddings ]"),
                fleet.provider("c", ""));
        fleet.a.then(error(429)).then(error(500));
        fleet.b.otherwise(Script.json("{\"data\":\"from b\"}"));
        for (int i = 0; i < 3; i++) {
            assertThat(GatewayClient.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"x\"}")
                            .body())
                    .contains("from b");
        }
        assertThat(fleet.a.takeAll()).extracting(Fleet::key).containsExactly("k1", "k2");
        assertThat(fleet.c.untaken()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void embeddings_clientsOwnMistake_costsNothing(int status) {
        fleet.configure(
                "breaker: { failures: 1 }",
                fleet.provider("a", "serves: [ embeddings ]"),
                fleet.provider("b", "serves: [ embeddings ]"));
        fleet.a.otherwise(error(status));
        for (int i = 0; i < 3; i++) {
            assertThat(GatewayClient.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"x\"}")
                            .statusCode())
                    .isEqualTo(status);
        }
        assertThat(fleet.a.untaken()).isEqualTo(3);
        assertThat(fleet.b.untaken()).isZero();
    }

    private void openOn(int status) {
        openOn(status, OPENS_FOR_AN_HOUR);
    }

    /** Three requests fail at the first provider; it would answer from then on. */
    private void openOn(int status, String breaker) {
        twoProviders(NO_COOLDOWN + breaker);
        for (int i = 0; i < 3; i++) {
            fleet.a.then(status == 0 ? Script.hangUp() : error(status));
        }
        assertThat(servedBy("m", 3)).isEqualTo("bbb");
        assertThat(fleet.a.takeAll()).hasSize(3);
    }

    private void twoProviders(String settings) {
        fleet.configure(settings, fleet.provider("a", "models: [ m, x ]"), fleet.provider("b", "models: [ m, x ]"));
    }

    /** Asks until a request reaches the first provider, and holds that one. */
    private CompletableFuture<HttpResponse<String>> heldProbe(CompletableFuture<Void> verdict, Script script) {
        fleet.a.then(script.after(verdict));
        CompletableFuture<HttpResponse<String>> probe = GatewayClient.postLater(Fleet.CHAT, request("m"));
        while (true) {
            CompletableFuture<HttpResponse<String>> latest = probe;
            Fleet.await(() -> latest.isDone() || fleet.a.untaken() > 0, "an answer or a probe");
            if (fleet.a.untaken() > 0) {
                return latest;
            }
            probe = GatewayClient.postLater(Fleet.CHAT, request("m"));
        }
    }
}
