package dev.aigateway.routing.state;

import dev.aigateway.config.ShareConfig;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Places, the queue and the hand-over under concurrency: no place is lent twice, and none is lost. */
@Tag("lincheck")
public class CapacityLincheckTest {
    private static final Capacity.Place A = place("a");
    private static final Capacity.Place B = place("b");

    private final Capacity capacity = new Capacity();

    public CapacityLincheckTest() {
        capacity.take(A);
        capacity.take(B);
    }

    private static Capacity.Place place(String key) {
        return new Capacity.Place(new KeyId("p", key), new ShareConfig(1, 1, 2, 1));
    }

    @Operation(runOnce = true)
    public void giveBackA() {
        capacity.giveBack(A);
    }

    @Operation(runOnce = true)
    public void giveBackB() {
        capacity.giveBack(B);
    }

    @Operation
    public boolean takeA() {
        return capacity.take(A);
    }

    @Operation
    public boolean takeB() {
        return capacity.take(B);
    }

    @Operation
    public boolean queueBoth() {
        return capacity.queue(List.of(A, B), 2, place -> {}).isPresent();
    }

    @Operation
    public int running() {
        return capacity.running();
    }

    @Operation
    public int waiting() {
        return capacity.waiting();
    }

    @Test
    void history_isLinearizable() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(1)
                .check(getClass());
    }
}
