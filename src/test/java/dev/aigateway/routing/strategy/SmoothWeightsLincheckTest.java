package dev.aigateway.routing.strategy;

import java.util.List;
import java.util.stream.Collectors;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Turns under concurrency, while contenders come, go and change their weights: every turn is taken whole, one after the
 * other.
 */
@Tag("lincheck")
public class SmoothWeightsLincheckTest {
    private static final List<Contender<String>> ALL = SmoothWeightsTest.contenders("3 2 1");
    private static final List<Contender<String>> WITHOUT_A = ALL.subList(1, 3);
    private static final List<Contender<String>> OTHER_WEIGHTS = SmoothWeightsTest.contenders("1 2 5 1");

    private final SmoothWeights turns = new SmoothWeights();

    @Operation
    public String all() {
        return order(turns.rank("scope", ALL, one -> one.share().weight()));
    }

    @Operation
    public String withoutA() {
        return order(turns.rank("scope", WITHOUT_A, one -> one.share().weight()));
    }

    @Operation
    public String otherWeights() {
        return order(turns.rank("scope", OTHER_WEIGHTS, one -> one.share().weight()));
    }

    @Operation
    public String inTurn() {
        return order(turns.rank("scope", ALL, one -> 1));
    }

    @Operation
    public String otherScope() {
        return order(turns.rank("other", ALL, one -> one.share().weight()));
    }

    @Operation
    public String peek() {
        return order(turns.peek("scope", ALL, one -> one.share().weight()));
    }

    private static String order(List<Contender<String>> ranked) {
        return ranked.stream().map(Contender::what).collect(Collectors.joining(" "));
    }

    @Test
    void history_isLinearizable() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(2)
                .check(getClass());
    }
}
