package dev.aigateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.routing.state.Breaker;
import dev.aigateway.routing.state.Cause;
import dev.aigateway.routing.state.LocalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators are told of providers and keys, and what they can do to them. */
class StandingsTest {
    private static final String TWO = """
            routing: { strategy: round-robin }
            breaker: { failures: 2 }
            fallbacks: { m: [ n ] }
            providers:
              - { name: a, type: openai, api-keys: [ { key: k1, name: one }, k2 ], models: [ m ] }
              - { name: b, type: openai, api-keys: [ k3 ], models: [ m, n ] }
              - { name: off, type: openai, api-keys: [ k4 ], models: [ m ], disabled: true }
            """;

    private long now = 1_000_000;
    private final CurrentConfig config = new CurrentConfig(Configurations.of(TWO));
    private final ProviderPool pool = new ProviderPool(config, new LocalState(), () -> now, () -> 0.5);

    @Test
    void everybody_isHealthy_atFirst_butThoseDisabled() {
        assertThat(pool.obstacles())
                .containsExactly(Map.entry("a", ""), Map.entry("b", ""), Map.entry("off", "disabled"));
        assertThat(standing("a").breakers())
                .singleElement()
                .satisfies(breaker -> assertThat(breaker.phase()).isEqualTo(Breaker.Phase.CLOSED));
        assertThat(pool.unavailable()).isEmpty();
    }

    /** What counts is what the upstream is asked for, and each key may have a list of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "models: [ m ], model-mapping: { m: deployment }, api-keys: [ k1 ]",
                "api-keys: [ { key: k1, models: [ m ] } ]",
                "models: [ { id: deployment, alias: m } ], api-keys: [ k1 ]"
            })
    void provider_whoseOnlyModelIsSpared_isNotHealthy(String settings) {
        ProviderPool pool = new ProviderPool(
                new CurrentConfig(Configurations.of("providers:\n  - { name: a, type: openai, " + settings + " }\n")),
                new LocalState(),
                () -> now,
                () -> 0.5);
        Selection selection = pool.select(RouteQuery.of("m"));
        Lease lease = lease(selection);
        assertThat(pool.standings().getFirst().isHealthy()).isTrue();
        selection.failed(lease, GatewayError.of(Kind.RATE_LIMIT, "slow"), true, false);
        selection.release(lease);
        selection.end();
        assertThat(pool.standings().getFirst().reason()).isEqualTo("left alone after failures");
        assertThat(pool.standings().getFirst().keys().getFirst().usable()).isFalse();
        assertThat(pool.unavailable())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.model()).isEqualTo(lease.candidate().model()));
    }

    /** Who is ready gets requests, and only a request finds out that a provider is back. */
    @Test
    void providerThatIsGivenUp_mayBeProbedSoon() {
        ProviderPool pool =
                new ProviderPool(new CurrentConfig(Configurations.of("""
                        breaker: { failures: 1, duration: 30m, probe-interval: 5s }
                        cooldown: { server-error: 0 }
                        providers:
                          - { name: a, type: openai, api-keys: [ k1 ], models: [ m ] }
                        """)), new LocalState(), () -> now, () -> 0.5);
        Selection selection = pool.select(RouteQuery.of("m"));
        Lease lease = lease(selection);
        selection.failed(lease, GatewayError.of(Kind.OVERLOADED, "down"), true, false);
        selection.release(lease);
        selection.end();
        assertThat(pool.obstacles()).containsExactly(Map.entry("a", "left alone after failures"));
        assertThat(pool.mayProbe()).isFalse();
        now += 5000;
        assertThat(pool.obstacles()).containsExactly(Map.entry("a", "left alone after failures"));
        assertThat(pool.mayProbe()).isTrue();
    }

    @Test
    void attempt_isCounted_runsAndEnds() {
        Selection selection = pool.select(RouteQuery.of("a,m"));
        Lease lease = lease(selection);
        assertThat(standing("a").running()).isEqualTo(1);
        now += 40;
        selection.answered(lease);
        now += 60;
        selection.succeeded(lease);
        selection.succeeded(lease);
        selection.release(lease);
        ProviderStanding standing = standing("a");
        assertThat(standing.running()).isZero();
        assertThat(standing.tally().requests()).isEqualTo(1);
        assertThat(standing.tally().served()).as("told twice, counted once").isEqualTo(1);
        assertThat(standing.firstByte().p50()).isBetween(40L, 45L);
        assertThat(standing.duration().p99()).isBetween(100L, 113L);
        assertThat(standing.keys().getFirst().name()).contains("one");
        assertThat(standing.keys().getFirst().tally().attempts()
                        + standing.keys().get(1).tally().attempts())
                .isEqualTo(1);
    }

    /** The limits of the provider hold for it all the same. */
    @Test
    void whatIsNoRequest_takesAPlace_butIsNotCounted() {
        ProviderPool pool =
                new ProviderPool(new CurrentConfig(Configurations.of("""
                        providers:
                          - { name: a, type: openai, api-keys: [ k1 ], models: [ m ], max-concurrent: 1 }
                        """)), new LocalState(), () -> now, () -> 0.5);
        Selection aside = pool.selectAside(RouteQuery.of("m"));
        Lease lease = lease(aside);
        assertThat(pool.select(RouteQuery.of("m")).next()).isEqualTo(new Next.Full());
        assertThat(pool.running("a")).isZero();
        aside.abandoned(lease);
        aside.release(lease);
        assertThat(pool.running("a")).isZero();
        assertThat(pool.tally("a").requests()).isZero();
        assertThat(pool.tally("a").attempts()).isZero();
        assertThat(pool.standings().getFirst().keys().getFirst().tally().attempts())
                .isZero();
        assertThat(pool.select(RouteQuery.of("m")).next()).isInstanceOf(Next.Try.class);
    }

    @Test
    void failOver_andRetry_areCountedWhereTheyWent() {
        Selection selection = pool.select(RouteQuery.of("b,m"));
        Lease first = lease(selection);
        selection.failed(first, GatewayError.of(Kind.RATE_LIMIT, "slow"), true, true);
        selection.release(first);
        selection.newRound();
        Lease second = lease(selection);
        selection.release(second);
        Tally tally = standing("b").tally();
        assertThat(tally.requests()).isEqualTo(1);
        assertThat(tally.attempts()).isEqualTo(2);
        assertThat(tally.retries()).isEqualTo(1);
        assertThat(tally.failOvers()).isZero();
        assertThat(tally.errors()).containsExactly(Map.entry(Cause.RATE_LIMIT, 1L));
    }

    @Test
    void refusedKey_isSpared_andTheProviderIsNot_untilTheOtherIsToo() {
        refuse("a,m");
        assertThat(pool.obstacles().get("a")).isEmpty();
        KeyStanding spared = standing("a").keys().stream()
                .filter(key -> !key.usable())
                .findFirst()
                .orElseThrow();
        assertThat(spared.cooldowns())
                .containsExactly(new Sparing(Optional.empty(), Optional.of(Cause.REFUSED), now + 1_800_000, 1800));
        refuse("a,m");
        assertThat(pool.obstacles().get("a")).isEqualTo("left alone after failures");
        assertThat(pool.unavailable()).containsExactly(new UnavailableModel("a", "m", 1_800_000));
    }

    @Test
    void breaker_opens_halfOpens_andIsReset() {
        breakConnection("b,n");
        breakConnection("b,n");
        assertThat(standing("b").breakers().getFirst().phase()).isEqualTo(Breaker.Phase.OPEN);
        assertThat(standing("b").tally().breakerOpenings()).isEqualTo(1);
        assertThat(pool.obstacles().get("b")).isEqualTo("given up after failures");
        now += 1_800_000;
        assertThat(standing("b").breakers().getFirst().phase()).isEqualTo(Breaker.Phase.HALF_OPEN);
        assertThat(pool.obstacles().get("b")).isEmpty();
        now -= 1_800_000;
        assertThat(pool.controls().reset("b", "n", pool.unavailable())).isTrue();
        assertThat(pool.obstacles().get("b")).isEmpty();
        assertThat(pool.controls().reset("b", "n", pool.unavailable())).isFalse();
    }

    @Test
    void breakerThatOnlyChecksOpen_isCounted_once() {
        pool.checked("b", false);
        assertThat(pool.tally("b").breakerOpenings()).isZero();
        pool.checked("b", false);
        pool.checked("b", false);
        assertThat(pool.tally("b").breakerOpenings()).isEqualTo(1);
        pool.checked("b", true);
        pool.checked("b", false);
        pool.checked("b", false);
        assertThat(pool.tally("b").breakerOpenings()).isEqualTo(2);
    }

    /** By every name under which a request finds it; the default model is asked for by none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what a client asks for, what the operator resets
                "deployment | deployment | '' | models: [ deployment ], api-keys: [ k1 ] | true",
                "nick | nick | '' | models: [ { id: deployment, alias: nick } ], api-keys: [ k1 ] | true",
                "deployment | deployment | '' | models: [ { id: deployment, alias: nick } ], api-keys: [ k1 ] | true",
                "nick | nick | '' | api-keys: [ { key: k1, models: [ { id: deployment, alias: nick } ] } ] | true",
                "nick-7 | nick-7 | '' | models: [ { id: deployment, alias: nick-* } ], api-keys: [ k1 ] | true",
                "nick | nick | '' | models: [ nick ], model-mapping: { nick: deployment }, api-keys: [ k1 ] | true",
                "nick | deployment | '' | models: [ nick ], model-mapping: { nick: deployment }, api-keys: [ k1 ] | true",
                "nick | nick | 'model-mapping: { nick: deployment }' | models: [ deployment ], api-keys: [ k1 ] | true",
                "deployment | other | 'model-mapping: { nick: deployment }' | models: [ deployment, other ], api-keys: [ k1 ] | false",
                "deployment | typo | 'default-model: deployment' | models: [ deployment ], api-keys: [ k1 ] | false"
            })
    void model_isReset_byEachOfItsNames(String asked, String name, String rules, String settings, boolean found) {
        ProviderPool pool = new ProviderPool(
                new CurrentConfig(
                        Configurations.of(rules + "\nproviders:\n  - { name: a, type: openai, " + settings + " }\n")),
                new LocalState(),
                () -> now,
                () -> 0.5);
        Selection selection = pool.select(RouteQuery.of(asked));
        Lease lease = lease(selection);
        assertThat(lease.candidate().model()).isEqualTo("deployment");
        selection.failed(lease, GatewayError.of(Kind.RATE_LIMIT, "slow"), true, false);
        selection.release(lease);
        assertThat(pool.controls().reset("a", name, pool.unavailable())).isEqualTo(found);
        assertThat(pool.unavailable().isEmpty()).isEqualTo(found);
    }

    @Test
    void providerThatIsThere_isStillSparedForWhatItAskedItself() {
        Selection selection = pool.select(RouteQuery.of("b,n"));
        Selection atTheSameTime = pool.select(RouteQuery.of("b,n"));
        Lease limited = lease(selection);
        Lease broken = lease(atTheSameTime);
        GatewayError wish = GatewayError.of(Kind.RATE_LIMIT, "slow").withRetryAfter(Duration.ofSeconds(120));
        selection.failed(limited, wish, true, true);
        atTheSameTime.failed(broken, GatewayError.of(Kind.BAD_GATEWAY, "no"), false, true);
        atTheSameTime.end();
        pool.checked("b", true);
        assertThat(pool.select(RouteQuery.of("b,n")).soonest()).hasValue(120_000);
    }

    @Test
    void switchedOff_isLeftOut_andSurvivesAReload() {
        pool.controls().turn("b", false);
        Configurations.replace(config, Configurations.of(TWO + "default-model: m\n"));
        assertThat(pool.obstacles().get("b")).isEqualTo("switched off");
        assertThat(providersOf("m")).containsOnly("a");
        Selection selection = pool.select(RouteQuery.of("b,n"));
        assertThat(selection.next()).isInstanceOf(Next.Nobody.class);
        assertThat(selection.isSwitchedOff()).isTrue();
        assertThat(selection.soonest()).isEmpty();
        pool.controls().turn("b", true);
        assertThat(providersOf("m")).contains("a", "b");
        assertThat(pool.controls().turn("nobody", false)).isFalse();
        assertThat(pool.controls().turn("a", 2, false)).isFalse();
    }

    @Test
    void switchedOffKey_isLeftOut_wherever_itStandsNow() {
        assertThat(pool.controls().turn("a", 0, false)).isTrue();
        Configurations.replace(
                config,
                Configurations.of(TWO.replace("[ { key: k1, name: one }, k2 ]", "[ k2, { key: k1, name: one } ]")));
        assertThat(standing("a").keys()).extracting(KeyStanding::switchedOff).containsExactly(false, true);
        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> lease(pool.select(RouteQuery.of("a,m")))
                                .candidate()
                                .keyIndex()))
                .containsOnly(0);
    }

    /** Whatever keeps a login's token fresh writes a new one every few hours. */
    @Test
    void switchedOffKey_staysOff_whenItsFileGetsANewToken_wherever_itStandsNow(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "t1");
        String fromFile = "{ file: '" + file + "' }";
        Configurations.replace(config, withKeys("[ " + fromFile + ", k2 ]"));
        assertThat(pool.controls().turn("a", 0, false)).isTrue();
        Files.delete(file);
        Configurations.replace(config, withKeys("[ " + fromFile + ", k2 ]"));
        Files.writeString(file, "t2");
        Configurations.replace(config, withKeys("[ k2, " + fromFile + " ]"));
        assertThat(standing("a").keys()).extracting(KeyStanding::switchedOff).containsExactly(false, true);
        assertThat(pool.controls().turn("a", 0, false)).isTrue();
        assertThat(pool.select(RouteQuery.of("a,m")).isSwitchedOff()).isTrue();
        assertThat(pool.first(config.get().providers().getFirst())).isEmpty();
        assertThat(pool.controls().turn("a", 1, true)).isTrue();
        assertThat(lease(pool.select(RouteQuery.of("a,m"))).candidate().key()).contains(Secret.of("t2"));
    }

    /** What a provider holds against a token is over with the next one. */
    @Test
    void cooldown_isThatOfTheToken_notOfItsFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "t1");
        String fromFile = "[ { file: '" + file + "' } ]";
        Configurations.replace(config, withKeys(fromFile));
        refuse("a,m");
        assertThat(standing("a").keys().getFirst().cooldowns()).hasSize(1);
        Files.writeString(file, "t2");
        Configurations.replace(config, withKeys(fromFile));
        assertThat(standing("a").keys().getFirst().cooldowns()).isEmpty();
    }

    @Test
    void provider_whoseKeysAreAllLeftOut_isAskedNothing_untilOneIsThere() {
        String local = "\n  - { name: b, type: openai, models: [ m ] }\n";
        GatewayConfig without = Configurations.of("providers:\n  - { name: a, type: openai, models: [ m ],"
                + " base-url: 'http://127.0.0.1:1/v1', api-keys: [ '${A_VARIABLE_THAT_IS_NOT_SET}' ] }" + local);
        Configurations.replace(config, without);
        assertThat(pool.obstacles()).containsExactly(Map.entry("a", "no key that can be used"), Map.entry("b", ""));
        assertThat(providersOf("m")).containsOnly("b");
        assertThat(pool.first(without.providers().getFirst())).isEmpty();
        assertThat(pool.first(without.providers().getLast())).isPresent();
        Configurations.replace(config, withKeys("[ k1 ]"));
        assertThat(providersOf("m")).containsOnly("a");
    }

    private static GatewayConfig withKeys(String keys) {
        return Configurations.of("providers: [ { name: a, type: openai, api-keys: " + keys + ", models: [ m ] } ]");
    }

    @Test
    void explain_foreseesTheNext_withoutTakingATurn() {
        for (int i = 0; i < 4; i++) {
            String foreseen =
                    pool.explain("m").stages().getFirst().choices().getFirst().provider();
            pool.explain("m");
            assertThat(lease(pool.select(RouteQuery.of("m")))
                            .candidate()
                            .provider()
                            .name())
                    .isEqualTo(foreseen);
        }
    }

    @Test
    void explain_tellsWhoIsLeftOut_andFallbacksLast() {
        refuse("b,m");
        Route route = pool.explain("m");
        assertThat(route.resolution().rule()).isEqualTo(Rule.LISTED);
        assertThat(route.stages()).extracting(Route.Stage::model).containsExactly("m", "n");
        List<Route.Choice> choices = route.stages().getFirst().choices();
        assertThat(choices).extracting(Route.Choice::provider).containsExactly("a", "a", "b");
        assertThat(choices.getLast().obstacle()).isEqualTo("cooldown");
        assertThat(choices.getLast().spared().flatMap(Sparing::cause)).contains(Cause.REFUSED);
        assertThat(choices.getFirst().obstacle()).isEmpty();
        assertThat(pool.explain("nobody").stages()).isEmpty();
    }

    @Test
    void explain_showsThoseWhoTakeTheCallersKey_atTheHostOfTheFirst() {
        ProviderPool pool =
                new ProviderPool(new CurrentConfig(Configurations.of("""
                        fallbacks: { m: [ n ] }
                        providers:
                          - { name: own, type: openai, base-url: "http://one", auth: client, models: [ m, n ] }
                          - { name: far, type: openai, base-url: "http://two", auth: client, models: [ m ] }
                          - { name: ours, type: openai, api-keys: [ k1 ], models: [ m ] }
                        """)), new LocalState(), () -> now, () -> 0.5);
        List<Route.Stage> stages = pool.explain("m").stages();
        assertThat(stages).extracting(Route.Stage::model).containsExactly("m", "n");
        assertThat(stages.getFirst().choices())
                .extracting(Route.Choice::provider, Route.Choice::callersKey, Route.Choice::obstacle)
                .containsExactly(tuple("own", true, ""), tuple("ours", false, ""));
        assertThat(stages.getLast().choices())
                .extracting(Route.Choice::provider)
                .containsExactly("own");
    }

    @Test
    void clear_forgetsOnlyThoseWhoFit() {
        refuse("b,m");
        Controls controls = pool.controls();
        assertThat(controls.clear(Optional.of("a"), Optional.empty(), Optional.empty()))
                .isZero();
        assertThat(controls.clear(Optional.of("b"), Optional.of("x"), Optional.empty()))
                .isZero();
        assertThat(controls.clear(Optional.of("b"), Optional.empty(), controls.key("b", 0)))
                .isEqualTo(1);
        assertThat(pool.obstacles().get("b")).isEmpty();
    }

    private ProviderStanding standing(String provider) {
        return pool.standings().stream()
                .filter(standing -> standing.name().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private List<String> providersOf(String model) {
        return IntStream.range(0, 4)
                .mapToObj(i -> lease(pool.select(RouteQuery.of(model)))
                        .candidate()
                        .provider()
                        .name())
                .toList();
    }

    private void refuse(String model) {
        fail(model, Kind.AUTHENTICATION, true);
    }

    private void breakConnection(String model) {
        fail(model, Kind.BAD_GATEWAY, false);
        pool.controls().clear(Optional.empty(), Optional.of("n"), Optional.empty());
    }

    private void fail(String model, Kind kind, boolean answered) {
        Selection selection = pool.select(RouteQuery.of(model));
        Lease lease = lease(selection);
        selection.failed(lease, GatewayError.of(kind, "no"), answered, false);
        selection.release(lease);
        selection.end();
    }

    private static Lease lease(Selection selection) {
        return ((Next.Try) selection.next()).lease();
    }
}
