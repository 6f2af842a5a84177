package dev.aigateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.QueueConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.routing.state.KeyId;
import dev.aigateway.routing.state.LocalState;
import dev.aigateway.routing.state.Subject;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    private static final String TWO = """
            routing: { keys: fill-first }
            providers:
              - { name: a, type: openai, base-url: "http://localhost", models: [ m ], api-keys: [ a0, a1 ] }
              - { name: b, type: openai, base-url: "http://localhost", models: [ m ], api-keys: [ b0, b1 ] }
            """;

    private final VirtualTime time = new VirtualTime();
    private final LocalState state = new LocalState();

    @ParameterizedTest
    @CsvSource({
        // how each attempt fails, and who is asked: keys of a troubled provider come after the others
        "OVERLOADED OVERLOADED OVERLOADED OVERLOADED, a0 b0 a1 b1 -",
        "RATE_LIMIT RATE_LIMIT RATE_LIMIT RATE_LIMIT, a0 a1 b0 b1 -",
        "AUTHENTICATION OVERLOADED OVERLOADED RATE_LIMIT, a0 a1 b0 b1 -",
        "TIMEOUT RATE_LIMIT MODEL_NOT_FOUND TIMEOUT, a0 b0 b1 a1 -"
    })
    void failure_leadsToTheNext_andToNobodyTwice(String failures, String order) {
        Selection selection = pool(TWO).select(RouteQuery.of("m"));
        List<String> asked = new ArrayList<>();
        for (String failure : failures.split(" ")) {
            asked.add(fail(selection, Kind.valueOf(failure)));
        }
        asked.add(name(selection.next()));
        assertThat(String.join(" ", asked)).isEqualTo(order);
    }

    @Test
    void modelsOfNobody_areEmpty() {
        assertThat(pool(TWO).select(RouteQuery.of("x")).isEmpty()).isTrue();
        assertThat(pool(TWO).select(RouteQuery.of("x")).next()).isEqualTo(new Next.Nobody());
        assertThat(pool(TWO).select(RouteQuery.of("m")).isEmpty()).isFalse();
    }

    @Test
    void laterTier_hasItsTurnWhenTheEarlierHasNobodyLeft() {
        ProviderPool pool = pool("""
                providers:
                  - { name: other, type: anthropic, base-url: "http://localhost", api-keys: [ k ] }
                  - { name: kin, type: openai, base-url: "http://localhost", api-keys: [ k, l ] }
                """);
        assertThat(askAll(pool, "gpt-x", Kind.RATE_LIMIT)).isEqualTo("kin0 kin1 other0 -");
    }

    @Test
    void fallbacks_followInTheirOrder_eachOnce() {
        ProviderPool pool = pool("""
                fallbacks: { m: [ n, o ], n: [ o, p ] }
                providers:
                  - { name: a, type: openai, base-url: "http://localhost", models: [ m, p ] }
                  - { name: b, type: openai, base-url: "http://localhost", models: [ n, o ] }
                """);
        assertThat(models(pool, Kind.RATE_LIMIT)).isEqualTo("a/m b/n b/o a/p -");
    }

    @Test
    void fallBack_leavesTheOtherCandidatesOfTheModelOut() {
        ProviderPool pool = pool(TWO.replace("routing:", "fallbacks: { m: [ n ] }\nrouting:")
                + "  - { name: c, type: openai, base-url: \"http://localhost\", models: [ n ] }\n");
        Selection selection = pool.select(RouteQuery.of("m"));
        Lease first = lease(selection.next());
        selection.failed(first, GatewayError.of(Kind.CONTEXT_TOO_LONG, ""), true, false);
        assertThat(selection.fallBack(first)).isTrue();
        Lease second = lease(selection.next());
        assertThat(second.candidate().label()).isEqualTo("c/n");
        assertThat(selection.fallBack(second)).isFalse();
        assertThat(state.isQuiet()).isTrue();
    }

    @Test
    void failureThatMayPass_sparesOnlyWhoIsLeftForAnother() {
        Selection selection = pool(TWO).select(RouteQuery.of("m"));
        fail(selection, Kind.RATE_LIMIT);
        assertThat(state.isQuiet()).isTrue();
        fail(selection, Kind.RATE_LIMIT);
        assertThat(state.all()).hasSize(1);
        selection.end();
        assertThat(state.all()).hasSize(2);
    }

    @Test
    void lastOne_mayBeTriedAgain_withoutBeingSpared() {
        Selection selection = pool(only("api-keys: [ k ]")).select(RouteQuery.of("m"));
        assertThat(selection.retryWait()).isEmpty();
        fail(selection, Kind.RATE_LIMIT);
        assertThat(selection.retryWait()).isEqualTo(OptionalLong.of(0));
        assertThat(name(selection.next())).isEqualTo("-");
        selection.newRound();
        Lease again = lease(selection.next());
        selection.answered(again);
        selection.end();
        assertThat(state.isQuiet()).isTrue();
    }

    /** Ten at once after a quiet time, and one more for five requests that come. */
    @Test
    void furtherRounds_areOnBudget_afterARateLimitToo() {
        ProviderPool pool = pool("cooldown: { rate-limit: 0 }\n" + only("api-keys: [ k ]"));
        int repeated = 0;
        for (int i = 0; i < 100; i++) {
            Selection selection = pool.select(RouteQuery.of("m"));
            assertThat(fail(selection, Kind.RATE_LIMIT)).isEqualTo("p0");
            selection.newRound();
            repeated += fail(selection, Kind.RATE_LIMIT).equals("p0") ? 1 : 0;
            selection.end();
        }
        assertThat(repeated).isEqualTo(10 + 20);
    }

    @Test
    void otherKeysOfAProvider_areFree_afterARateLimit() {
        ProviderPool pool = pool("cooldown: { rate-limit: 0 }\nretry: { budget: 0 }\n" + only("api-keys: [ k, l, n ]"));
        for (int i = 0; i < 20; i++) {
            assertThat(askAll(pool, "m", Kind.RATE_LIMIT).split(" ")).hasSize(4);
        }
    }

    /** The gateway does not wait for itself; nobody is used while he is spared. */
    @ParameterizedTest
    @CsvSource({
        // what the only other one asks for, its cooldown, and the wait
        ", 6s, -1",
        "3, 6s, 3000",
        ", 0, 0",
        "3, 0, 3000"
    })
    void wait_isWhatAProviderAskedFor_andNoCooldownOfOurs(Integer wish, String cooldown, long wait) {
        ProviderPool pool = pool("cooldown: { rate-limit: %s }\n".formatted(cooldown)
                + only("api-keys: [ k, l ]").replace("providers", "routing: { keys: fill-first }\nproviders"));
        Selection selection = pool.select(RouteQuery.of("m"));
        GatewayError limit = GatewayError.of(Kind.RATE_LIMIT, "");
        Lease first = lease(selection.next());
        selection.failed(first, wish == null ? limit : limit.withRetryAfter(Duration.ofSeconds(wish)), true, true);
        assertThat(fail(selection, Kind.AUTHENTICATION)).isEqualTo("p1");
        assertThat(name(selection.next())).isEqualTo("-");
        assertThat(selection.retryWait().orElse(-1)).isEqualTo(wait);
    }

    @Test
    void retryAfter_sparesAtOnce_andIsTheWait() {
        Selection selection = pool(only("api-keys: [ k ]")).select(RouteQuery.of("m"));
        Lease lease = lease(selection.next());
        GatewayError limit = GatewayError.of(Kind.RATE_LIMIT, "").withRetryAfter(Duration.ofSeconds(7));
        selection.failed(lease, limit, true, true);
        assertThat(selection.retryWait()).isEqualTo(OptionalLong.of(7000));
        assertThat(selection.soonest()).isEqualTo(OptionalLong.of(7000));
        assertThat(selection.isRateLimited()).isTrue();
        selection.newRound();
        assertThat(name(selection.next())).isEqualTo("-");
        time.pass(Duration.ofSeconds(7));
        assertThat(name(selection.next())).isEqualTo("p0");
    }

    @ParameterizedTest
    @CsvSource({
        // what fails, and what the next request finds
        "AUTHENTICATION, true, p1, n",
        "BILLING, true, p1, n",
        "PERMISSION, true, p1, m",
        "RATE_LIMIT, true, p1, m",
        "BAD_REQUEST, true, p0, m",
        "CLIENT_CLOSED, true, p0, m"
    })
    void sparedKey_isPassedOver_andTheWholeKeyOnlyWhenItIsRefused(
            Kind kind, boolean answered, String next, String spared) {
        ProviderPool pool = pool(only("api-keys: [ k, l ]")
                .replace("[ m ]", "[ m, n ]")
                .replace("providers", "routing: { keys: fill-first }\nproviders"));
        Selection selection = pool.select(RouteQuery.of("m"));
        selection.failed(lease(selection.next()), GatewayError.of(kind, ""), answered, false);
        selection.end();
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo(next);
        assertThat(name(pool.select(RouteQuery.of("n")).next())).isEqualTo(spared.equals("n") ? "p1" : "p0");
    }

    @Test
    void lastResort_triesSomebodyOnce_thoughAllAreSpared() {
        ProviderPool pool =
                pool(only("api-keys: [ k, l ]").replace("providers", "routing: { last-resort: true }\nproviders"));
        askAll(pool, "m", Kind.AUTHENTICATION);
        Selection selection = pool.select(RouteQuery.of("m"));
        assertThat(name(selection.next())).isEqualTo("p0");
        assertThat(name(selection.next())).isEqualTo("-");
        assertThat(selection.soonest()).isEqualTo(OptionalLong.of(1_800_000));
        assertThat(selection.isRateLimited()).isFalse();
    }

    @Test
    void turns_areTakenOnceForARequest_howeverLongItTries() {
        ProviderPool pool =
                pool(TWO.replace("routing: {", "cooldown: { rate-limit: 0 }\nrouting: { strategy: round-robin,"));
        Selection first = pool.select(RouteQuery.of("m"));
        assertThat(fail(first, Kind.RATE_LIMIT)).isEqualTo("a0");
        first.newRound();
        assertThat(name(first.next())).isEqualTo("a0");
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("b0");
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("a0");
    }

    /** Everybody is tried once; then the quickest is kept for as long as it is. */
    @Test
    void leastLatency_prefersTheQuickest() {
        ProviderPool pool = pool(TWO.replace("keys: fill-first", "strategy: least-latency"));
        assertThat(servedIn(pool, Duration.ofMillis(300))).isEqualTo("a");
        for (int i = 0; i < 5; i++) {
            assertThat(servedIn(pool, Duration.ofMillis(100))).isEqualTo("b");
        }
        servedIn(pool, Duration.ofMillis(5000));
        assertThat(servedIn(pool, Duration.ofMillis(300))).isEqualTo("a");
    }

    /** A whole answer begins when it is complete, which tells nothing of streams. */
    @Test
    void leastLatency_ofStreamsAndOfWholeAnswers_areTwoThings() {
        ProviderPool pool = pool(TWO.replace("keys: fill-first", "strategy: least-latency"));
        servedIn(pool, Duration.ofMillis(100), true);
        servedIn(pool, Duration.ofMillis(200), true);
        servedIn(pool, Duration.ofSeconds(40), false);
        assertThat(servedIn(pool, Duration.ofMillis(100), true)).isEqualTo("a");
        assertThat(servedIn(pool, Duration.ofSeconds(30), false)).isEqualTo("b");
    }

    private String servedIn(ProviderPool pool, Duration wait) {
        return servedIn(pool, wait, true);
    }

    private String servedIn(ProviderPool pool, Duration wait, boolean stream) {
        Selection selection = pool.select(new RouteQuery("m", RouteQuery.EVERYBODY, () -> 0, Optional.empty(), stream));
        Lease lease = lease(selection.next());
        time.pass(wait);
        selection.answered(lease);
        selection.succeeded(lease);
        selection.release(lease);
        selection.end();
        return lease.candidate().provider().name();
    }

    /** Several ids under one name take turns like keys do. */
    @ParameterizedTest
    @CsvSource({"round-robin, i1 i2 i1 i2", "weighted, i1 i2 i1 i2", "failover, i1 i1 i1 i1"})
    void idsBehindOneName_takeTurns(String strategy, String order) {
        ProviderPool pool = pool("routing: { keys: " + strategy + " }\n"
                + only("api-keys: [ k ]").replace("[ m ]", "[ { id: i1, alias: pool }, { id: i2, alias: pool } ]"));
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asked.add(
                    lease(pool.select(RouteQuery.of("pool")).next()).candidate().model());
        }
        assertThat(String.join(" ", asked)).isEqualTo(order);
    }

    @Test
    void brokenProvider_isGivenUp_andProbedByOneAtATime() {
        ProviderPool pool = pool(only("api-keys: [ k, l ]") + BREAKER);
        for (int i = 0; i < 3; i++) {
            Selection selection = pool.select(RouteQuery.of("m"));
            selection.failed(lease(selection.next()), GatewayError.of(Kind.BAD_GATEWAY, ""), false, true);
        }
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("-");
        time.pass(Duration.ofSeconds(5));
        Selection probing = pool.select(RouteQuery.of("m"));
        Lease probe = lease(probing.next());
        assertThat(probe.probed()).containsExactly(Subject.provider("p"));
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("-");
        probing.answered(probe);
        assertThat(name(pool.select(RouteQuery.of("m")).next())).startsWith("p");
    }

    /** Half an hour of breaker and five seconds to the next early probe; a cooldown has none. */
    @Test
    void soonest_isTheNextEarlyProbe() {
        ProviderPool pool = pool(TWO + BREAKER.replace("network: 0", "network: 7s"));
        for (int i = 0; i < 3; i++) {
            Selection selection = pool.select(RouteQuery.of("b,m"));
            fail(selection, Kind.OVERLOADED);
            selection.end();
        }
        Selection refused = pool.select(RouteQuery.of("m"));
        assertThat(fail(refused, Kind.AUTHENTICATION)).isEqualTo("a0");
        assertThat(fail(refused, Kind.AUTHENTICATION)).isEqualTo("a1");
        Selection none = pool.select(RouteQuery.of("m"));
        assertThat(none.soonest()).hasValue(5_000);
        time.pass(Duration.ofSeconds(2));
        assertThat(none.soonest()).hasValue(3_000);
        time.pass(Duration.ofSeconds(3));
        assertThat(fail(pool.select(RouteQuery.of("m")), Kind.TIMEOUT)).isEqualTo("b0");
    }

    /** Without a key there is nothing but the provider, and still two things to know of it. */
    @Test
    void providerWithoutKeys_isProbedEarlyToo() {
        ProviderPool pool = pool(only("api-keys: []") + BREAKER);
        for (int i = 0; i < 3; i++) {
            Selection selection = pool.select(RouteQuery.of("m"));
            selection.failed(lease(selection.next()), GatewayError.of(Kind.OVERLOADED, ""), true, true);
        }
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("-");
        time.pass(Duration.ofSeconds(5));
        assertThat(lease(pool.select(RouteQuery.of("m")).next()).probed()).containsExactly(Subject.provider("p", "m"));
    }

    @ParameterizedTest
    @CsvSource({
        // who does not answer in time is slow for this model, who cannot be reached cannot be for any
        "TIMEOUT, p0",
        "BAD_GATEWAY, -"
    })
    void silence_isOfTheModel_andNoConnectionOfTheProvider(Kind kind, String otherModel) {
        ProviderPool pool = pool(only("api-keys: [ k ]").replace("[ m ]", "[ m, n ]") + BREAKER);
        for (int i = 0; i < 3; i++) {
            Selection selection = pool.select(RouteQuery.of("m"));
            selection.failed(lease(selection.next()), GatewayError.of(kind, ""), false, true);
        }
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("-");
        assertThat(name(pool.select(RouteQuery.of("n")).next())).isEqualTo(otherModel);
    }

    /** However often one request fails, it is one failure; but each probe counts. */
    @Test
    void probeThatFails_closesTheDoorAgain_evenIfTheRequestHasBeenCounted() {
        ProviderPool pool = pool(only("api-keys: [ k ]") + BREAKER.replace("failures: 3", "failures: 1"));
        Selection selection = pool.select(RouteQuery.of("m"));
        fail(selection, Kind.OVERLOADED);
        time.pass(Duration.ofSeconds(5));
        selection.newRound();
        assertThat(fail(selection, Kind.OVERLOADED)).isEqualTo("p0");
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("-");
        time.pass(Duration.ofMillis(4999));
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("-");
    }

    /** Connections that work in between are not several failures in a row. */
    @Test
    void answerOfAnyKind_showsThatConnectionsWork() {
        ProviderPool pool = pool(only("api-keys: [ k ]") + BREAKER);
        Kind broken = Kind.BAD_GATEWAY;
        for (Kind kind : List.of(broken, broken, Kind.BAD_REQUEST, broken, broken)) {
            Selection selection = pool.select(RouteQuery.of("m"));
            selection.failed(lease(selection.next()), GatewayError.of(kind, ""), kind == Kind.BAD_REQUEST, true);
        }
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("p0");
    }

    @Test
    void brokenAnswers_count_asFailuresInARow() {
        ProviderPool pool = pool(only("api-keys: [ k ]") + BREAKER);
        for (int i = 0; i < 3; i++) {
            Selection selection = pool.select(RouteQuery.of("m"));
            Lease lease = lease(selection.next());
            selection.answered(lease);
            selection.broke(lease, GatewayError.of(Kind.BAD_GATEWAY, ""));
        }
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("-");
    }

    /** A provider that was started anew under running streams is there again; one whose model fails need not be well. */
    @ParameterizedTest
    @CsvSource({"BAD_GATEWAY, p0", "OVERLOADED, -", "TIMEOUT, -"})
    void brokenStreams_areTakenBackByACheck_whenOnlyTheConnectionBroke(Kind kind, String next) {
        ProviderPool pool = pool(only("api-keys: [ k ]") + BREAKER);
        List<Selection> atOnce = new ArrayList<>();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            atOnce.add(pool.select(RouteQuery.of("m")));
            leases.add(lease(atOnce.get(i).next()));
            atOnce.get(i).answered(leases.get(i));
        }
        for (int i = 0; i < 3; i++) {
            atOnce.get(i).broke(leases.get(i), GatewayError.of(kind, ""));
        }
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("-");
        pool.checked("p", true);
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo(next);
    }

    @Test
    void busyProvider_isPassedOver_beforeAnybodyWaits() {
        ProviderPool pool = pool(TWO.replace("models:", "max-concurrent: 1, models:"));
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("a0");
        assertThat(name(pool.select(RouteQuery.of("m")).next())).isEqualTo("b0");
        assertThat(pool.select(RouteQuery.of("m")).next()).isEqualTo(new Next.Full());
    }

    /** The same key serves another model as well; what the client asked for comes first. */
    @ParameterizedTest
    @CsvSource({
        // key and model that keep what is continued, and who is asked
        "c0 m, c0/m c0/n a0/m a1/m",
        "c0 n, c0/m c0/n a0/m a1/m",
        "a1 m, a1/m a0/m c0/m c0/n",
        "a1 gone, a1/m a0/m c0/m c0/n",
        "gone m, a0/m a1/m c0/m c0/n"
    })
    void keeper_isAskedFirst(String keeper, String order) {
        ProviderPool pool = pool("""
                routing: { keys: fill-first }
                fallbacks: { m: [ n ] }
                providers:
                  - { name: a, type: openai, base-url: "http://localhost", models: [ m ], api-keys: [ a0, a1 ] }
                  - { name: c, type: openai, base-url: "http://localhost", models: [ m, n ], api-keys: [ c0 ] }
                """);
        Selection selection = pool.select(continuing(keeper.split(" ")[0], keeper.split(" ")[1]));
        List<String> asked = new ArrayList<>();
        while (selection.next() instanceof Next.Try(Lease lease)) {
            asked.add(name(new Next.Try(lease)) + "/" + lease.candidate().model());
            selection.failed(lease, GatewayError.of(Kind.RATE_LIMIT, ""), true, false);
            selection.release(lease);
        }
        assertThat(String.join(" ", asked)).isEqualTo(order);
    }

    @Test
    void keeper_withSeveralIdsUnderTheName_isAskedForItsOwnFirst() {
        ProviderPool pool =
                pool(only("api-keys: [ p0 ]").replace("[ m ]", "[ { id: i1, alias: m }, { id: i2, alias: m } ]"));
        assertThat(lease(pool.select(continuing("p0", "i2")).next()).candidate().model())
                .isEqualTo("i2");
    }

    @Test
    void keeper_isPassedOver_whileItIsSpared() {
        ProviderPool pool = pool(TWO);
        Selection before = pool.select(continuing("b1", "m"));
        assertThat(fail(before, Kind.AUTHENTICATION)).isEqualTo("b1");
        assertThat(name(pool.select(continuing("b1", "m")).next())).isEqualTo("a0");
    }

    /** The others could not serve it, so that they are asked only when waiting was in vain. */
    @Test
    void keeper_thatIsBusy_isWaitedFor() {
        ProviderPool pool = pool(TWO.replace("models:", "max-concurrent: 1, models:"));
        assertThat(name(pool.select(continuing("b0", "m")).next())).isEqualTo("b0");
        Selection selection = pool.select(continuing("b0", "m"));
        assertThat(selection.next()).isEqualTo(new Next.Full());
        List<String> came = new ArrayList<>();
        selection
                .waitForPlace(time, new QueueConfig(10, Duration.ZERO), Duration.ofSeconds(10))
                .subscribe()
                .with(next -> came.add(name(next)));
        time.pass(Duration.ofSeconds(11));
        assertThat(came).containsExactly("a0");
    }

    /** @param key one that is written like its provider and its place */
    private static RouteQuery continuing(String key, String model) {
        KeyId id = KeyId.of(key.substring(0, 1), Optional.of(Secret.of(key)));
        return new RouteQuery(
                "m", RouteQuery.EVERYBODY, () -> 0, Optional.empty(), false, Optional.of(Subject.key(id, model)));
    }

    @Test
    void waiting_endsWithThePlaceThatBecomesFree() {
        Waiting waiting = new Waiting(10);
        time.pass(Duration.ofSeconds(3));
        assertThat(waiting.came).isEmpty();
        waiting.holder.release(waiting.held);
        time.run();
        assertThat(waiting.came).containsExactly("p0");
        assertThat(waiting.selection.wasBusy()).isFalse();
    }

    @Test
    void waiting_endsWhenAReloadRaisesTheLimit_andNewcomersComeAfterwards() {
        Waiting waiting = new Waiting(10);
        Configurations.replace(waiting.config, Configurations.of(only("max-concurrent: 2, api-keys: [ k ]")));
        assertThat(waiting.pool.select(RouteQuery.of("m")).next()).isEqualTo(new Next.Full());
        time.pass(Duration.ofMillis(1));
        assertThat(waiting.came).containsExactly("p0");
    }

    @Test
    void waiting_isInVainAfterTheLimit() {
        Waiting waiting = new Waiting(10);
        time.run();
        assertThat(waiting.came).containsExactly("-");
        assertThat(waiting.selection.wasBusy()).isTrue();
        waiting.holder.release(waiting.held);
        assertThat(name(waiting.selection.next())).isEqualTo("p0");
    }

    @Test
    void waiting_isInVainAtOnce_whenTheQueueIsFull() {
        Waiting waiting = new Waiting(0);
        assertThat(waiting.came).containsExactly("-");
        assertThat(waiting.selection.wasBusy()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void clientThatLeavesTheQueue_takesNoPlaceAlong(boolean asItIsGranted) {
        Waiting waiting = new Waiting(10);
        if (asItIsGranted) {
            waiting.holder.release(waiting.held);
            waiting.waits.cancel();
        } else {
            waiting.waits.cancel();
            waiting.holder.release(waiting.held);
        }
        time.run();
        assertThat(waiting.came).isEmpty();
        assertThat(name(waiting.pool.select(RouteQuery.of("m")).next())).isEqualTo("p0");
    }

    @Test
    void placeOfOneWhoIsSparedMeanwhile_isGivenBack() {
        Waiting waiting = new Waiting(10);
        waiting.holder.failed(waiting.held, GatewayError.of(Kind.AUTHENTICATION, ""), true, false);
        waiting.holder.release(waiting.held);
        time.pass(Duration.ofMillis(1));
        assertThat(waiting.came).containsExactly("-");
        time.pass(Duration.ofHours(1));
        assertThat(name(waiting.pool.select(RouteQuery.of("m")).next())).isEqualTo("p0");
    }

    /** One request holds the only place, another one waits for it. */
    private final class Waiting {
        final CurrentConfig config = new CurrentConfig(Configurations.of(only("max-concurrent: 1, api-keys: [ k ]")));
        final ProviderPool pool = new ProviderPool(config, state, time, () -> 0.5);
        final Selection holder = pool.select(RouteQuery.of("m"));
        final Lease held = lease(holder.next());
        final Selection selection = pool.select(RouteQuery.of("m"));
        final List<String> came = new ArrayList<>();
        final Cancellable waits;

        Waiting(int queueSize) {
            assertThat(selection.next()).isEqualTo(new Next.Full());
            waits = selection
                    .waitForPlace(time, new QueueConfig(queueSize, Duration.ZERO), Duration.ofSeconds(10))
                    .subscribe()
                    .with(next -> came.add(name(next)));
        }
    }

    private static final String BREAKER = "breaker: { failures: 3, duration: 30m, probe-interval: 5s }\n"
            + "cooldown: { rate-limit: 0, server-error: 0, network: 0 }\n";

    private static String only(String settings) {
        return "providers:\n  - { name: p, type: openai, base-url: \"http://localhost\", models: [ m ], " + settings
                + " }\n";
    }

    private ProviderPool pool(String config) {
        return new ProviderPool(new CurrentConfig(Configurations.of(config)), state, time, () -> 0.5);
    }

    private String askAll(ProviderPool pool, String model, Kind failure) {
        Selection selection = pool.select(RouteQuery.of(model));
        List<String> asked = new ArrayList<>();
        do {
            asked.add(fail(selection, failure));
        } while (!asked.getLast().equals("-"));
        return String.join(" ", asked);
    }

    private String models(ProviderPool pool, Kind failure) {
        Selection selection = pool.select(RouteQuery.of("m"));
        List<String> asked = new ArrayList<>();
        while (selection.next() instanceof Next.Try(Lease lease)) {
            asked.add(lease.candidate().label());
            selection.failed(lease, GatewayError.of(failure, ""), true, true);
        }
        return String.join(" ", asked) + " -";
    }

    private static String fail(Selection selection, Kind kind) {
        Next next = selection.next();
        if (next instanceof Next.Try(Lease lease)) {
            boolean mayPass = kind == Kind.OVERLOADED || kind == Kind.RATE_LIMIT || kind == Kind.TIMEOUT;
            selection.failed(lease, GatewayError.of(kind, ""), kind != Kind.TIMEOUT, mayPass);
            selection.release(lease);
        }
        return name(next);
    }

    private static String name(Next next) {
        return next instanceof Next.Try(Lease lease)
                ? lease.candidate().provider().name() + lease.candidate().keyIndex()
                : "-";
    }

    private static Lease lease(Next next) {
        assertThat(next).isInstanceOf(Next.Try.class);
        return ((Next.Try) next).lease();
    }
}
