package dev.aigateway.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.aigateway.config.ShareConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothWeightsTest {
    private final SmoothWeights turns = new SmoothWeights();

    @ParameterizedTest
    @CsvSource({
        // behaviour reference, 15.6
        "5 1 1, a a b a c a a",
        "2 1, a b a",
        "4 2 1, a b a c a b a",
        "1 1 1, a b c",
        "1, a a a",
        "3 3, a b a b a b",
        "1 2, b a b"
    })
    void weights_giveTheirSequence_overAndOver(String weights, String sequence) {
        for (int round = 0; round < 3; round++) {
            assertThat(turns(contenders(weights), sequence.split(" ").length)).isEqualTo(sequence);
        }
    }

    @Test
    void others_followInTheOrderOfTheirTurns() {
        List<Contender<String>> three = contenders("1 1 1");
        assertThat(order(three)).isEqualTo("a b c");
        assertThat(order(three)).isEqualTo("b c a");
        assertThat(order(three)).isEqualTo("c a b");
    }

    @Test
    void scopes_haveTurnsOfTheirOwn() {
        List<Contender<String>> two = contenders("1 1");
        assertThat(turns.rank("one", two, one -> 1).getFirst().what()).isEqualTo("a");
        assertThat(turns.rank("two", two, one -> 1).getFirst().what()).isEqualTo("a");
        assertThat(turns.rank("one", two, one -> 1).getFirst().what()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4", "5", "6"})
    void listThatShrinks_staysFairOverTheRest_andLetsTheOneBackIn(int turnsBefore) {
        List<Contender<String>> all = contenders("4 2 1");
        List<Contender<String>> rest = List.of(all.get(0), all.get(2));
        turns(all, turnsBefore);
        assertThat(turns(rest, 50).chars().filter(who -> who == 'a').count()).isBetween(39L, 41L);
        assertThat(turns(all, 70).chars().filter(who -> who == 'b').count()).isBetween(19L, 21L);
    }

    @Test
    void strangers_areForgotten() {
        for (int i = 0; i < 1000; i++) {
            String id = "gone" + i;
            turns.rank("scope", List.of(contender(id, 1), contender("a", 1)), one -> 1);
        }
        assertThat(turns(contenders("1 1 1"), 300).chars().filter(who -> who == 'c'))
                .hasSizeBetween(99, 101);
    }

    @Test
    void turnsTakenAtOnce_giveExactShares() throws Exception {
        List<Contender<String>> all = contenders("4 2 1");
        Map<String, Integer> firsts = new ConcurrentHashMap<>();
        List<Callable<Boolean>> takers = Collections.nCopies(4, () -> {
            for (int i = 0; i < 7 * 500; i++) {
                firsts.merge(turns(all, 1), 1, Integer::sum);
            }
            return true;
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(takers.size())) {
            for (Future<Boolean> taker : threads.invokeAll(takers)) {
                assertThat(taker.get()).isTrue();
            }
        }
        assertThat(firsts).containsOnly(entry("a", 4 * 4 * 500), entry("b", 4 * 2 * 500), entry("c", 4 * 500));
    }

    private String turns(List<Contender<String>> contenders, int count) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(turns.rank("scope", contenders, one -> one.share().weight())
                    .getFirst()
                    .what());
        }
        return String.join(" ", chosen);
    }

    private String order(List<Contender<String>> contenders) {
        return turns.rank("scope", contenders, one -> one.share().weight()).stream()
                .map(Contender::what)
                .collect(Collectors.joining(" "));
    }

    static List<Contender<String>> contenders(String weights) {
        List<Contender<String>> contenders = new ArrayList<>();
        for (String weight : weights.split(" ")) {
            contenders.add(contender(String.valueOf((char) ('a' + contenders.size())), Integer.parseInt(weight)));
        }
        return contenders;
    }

    private static Contender<String> contender(String id, int weight) {
        return new Contender<>(id, id, new ShareConfig(weight, ShareConfig.NO_PRIORITY, 0, 0), () -> 0);
    }
}
