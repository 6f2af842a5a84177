package dev.aigateway.routing.state;

import dev.aigateway.config.BreakerConfig;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Breaker and state under concurrency: every history is one that could have happened in some order. */
@Tag("lincheck")
public class BreakerLincheckTest {
    private static final Subject MODEL = Subject.provider("p", "m");

    private final LocalState state = new LocalState();
    private final Breaker breaker =
            new Breaker(new BreakerConfig(2, Duration.ofMillis(1), Duration.ofMillis(1)), state);

    /** Late enough for the breaker's time to be over, so that each may become the probe. */
    @Operation
    public Breaker.Admission enter() {
        return breaker.enter(MODEL, 100, false);
    }

    @Operation
    public void abandoned() {
        breaker.abandoned(MODEL, 100);
    }

    @Operation
    public void probeFailed() {
        breaker.failed(MODEL, Cause.NETWORK, 50, 100);
    }

    @Operation
    public void failed() {
        breaker.failed(MODEL, Cause.NETWORK, 50, Standing.NO_PROBE);
    }

    @Operation
    public void answered() {
        breaker.answered(MODEL);
    }

    @Operation
    public void succeeded() {
        breaker.succeeded(MODEL);
    }

    @Test
    void history_isLinearizable() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsBefore(3)
                .actorsPerThread(3)
                .actorsAfter(1)
                .check(getClass());
    }
}
