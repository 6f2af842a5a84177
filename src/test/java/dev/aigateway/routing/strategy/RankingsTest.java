package dev.aigateway.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aigateway.config.RoutingStrategy;
import dev.aigateway.config.ShareConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RankingsTest {
    private static final int PICKS = 10_000;

    private final Random random = new Random(42);
    private final Rankings rankings = new Rankings(random::nextDouble);

    @ParameterizedTest
    @CsvSource({
        "FILL_FIRST, a b c, a b c",
        "FAILOVER, b a c, b a c",
        "ROUND_ROBIN, a b c, b c a",
        "WEIGHTED, c b a, b c a",
        "LEAST_LATENCY, b c a, b c a"
    })
    void order_isThatOfTheStrategy(RoutingStrategy strategy, String first, String second) {
        List<Contender<String>> contenders =
                List.of(one("a", 1, 2, 300), one("b", 2, 1, 100), one("c", 7, ShareConfig.NO_PRIORITY, 200));
        assertThat(order(strategy, contenders)).isEqualTo(first);
        assertThat(order(strategy, contenders)).isEqualTo(second);
    }

    @Test
    void equalPriorities_keepTheOrderOfTheFile() {
        assertThat(order(RoutingStrategy.FAILOVER, List.of(one("z", 1, 5, 0), one("a", 1, 5, 0), one("m", 1, 1, 0))))
                .isEqualTo("m z a");
    }

    @ParameterizedTest
    @EnumSource(RoutingStrategy.class)
    void everyStrategy_ranksEverybodyOnce_andLeavesOneAlone(RoutingStrategy strategy) {
        List<Contender<String>> contenders = SmoothWeightsTest.contenders("3 1 2 1");
        assertThat(order(strategy, contenders).split(" ")).containsExactlyInAnyOrder("a", "b", "c", "d");
        List<Contender<String>> alone = contenders.subList(0, 1);
        assertThat(rankings.rank(strategy, "x", alone, () -> 0)).isEqualTo(alone);
        assertThat(rankings.rank(strategy, "x", List.<Contender<String>>of(), () -> 0))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"WEIGHTED, 0", "RANDOM, 0.02", "SESSION, 0.02"})
    void shares_followTheWeights(RoutingStrategy strategy, double tolerance) {
        List<Contender<String>> contenders = SmoothWeightsTest.contenders("5 3 2");
        Map<String, Integer> firsts = firsts(PICKS, i -> first(strategy, contenders, i));
        assertThat(firsts.getOrDefault("a", 0) / (double) PICKS).isCloseTo(0.5, within(tolerance));
        assertThat(firsts.getOrDefault("b", 0) / (double) PICKS).isCloseTo(0.3, within(tolerance));
        assertThat(firsts.getOrDefault("c", 0) / (double) PICKS).isCloseTo(0.2, within(tolerance));
    }

    /** Real conversations are hashed to 32 bits, and keys have fingerprints for names. */
    @Test
    void sessions_areSpreadEvenly_amongKeys() {
        List<Contender<String>> contenders = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            contenders.add(one("%016x".formatted(random.nextLong()), 1, 1, 0));
        }
        Map<String, Integer> firsts = firsts(PICKS, i -> first(RoutingStrategy.SESSION, contenders, i));
        assertThat(firsts.values())
                .hasSize(10)
                .allSatisfy(count -> assertThat(count / (double) PICKS).isCloseTo(0.1, within(0.02)));
    }

    @Test
    void conversation_stays_andOnlyThoseOfTheLostMove() {
        List<Contender<String>> all = SmoothWeightsTest.contenders("5 3 2 4");
        List<Contender<String>> left = List.of(all.get(0), all.get(2), all.get(3));
        for (long conversation = 0; conversation < PICKS; conversation++) {
            String home = first(RoutingStrategy.SESSION, all, conversation);
            assertThat(first(RoutingStrategy.SESSION, all, conversation)).isEqualTo(home);
            if (!home.equals("b")) {
                assertThat(first(RoutingStrategy.SESSION, left, conversation)).isEqualTo(home);
            }
        }
    }

    @Test
    void lostConversations_goToTheNextInTheirOrder() {
        List<Contender<String>> all = SmoothWeightsTest.contenders("1 1 1 1");
        for (long conversation = 0; conversation < 1000; conversation++) {
            long same = conversation;
            List<Contender<String>> ranked = rankings.rank(RoutingStrategy.SESSION, "x", all, () -> same);
            List<Contender<String>> left =
                    all.stream().filter(one -> one != ranked.getFirst()).toList();
            assertThat(first(RoutingStrategy.SESSION, left, conversation))
                    .isEqualTo(ranked.get(1).what());
        }
    }

    private static Map<String, Integer> firsts(int picks, LongFunction<String> pick) {
        Map<String, Integer> counts = new TreeMap<>();
        for (long i = 0; i < picks; i++) {
            counts.merge(pick.apply(i), 1, Integer::sum);
        }
        return counts;
    }

    private String first(RoutingStrategy strategy, List<Contender<String>> contenders, long conversation) {
        return rankings.rank(strategy, "x", contenders, () -> conversation)
                .getFirst()
                .what();
    }

    private String order(RoutingStrategy strategy, List<Contender<String>> contenders) {
        return rankings.rank(strategy, "x", contenders, () -> 7).stream()
                .map(Contender::what)
                .collect(Collectors.joining(" "));
    }

    private static Contender<String> one(String id, int weight, int priority, double latency) {
        return new Contender<>(id, id, new ShareConfig(weight, priority, 0, 0), () -> latency);
    }
}
