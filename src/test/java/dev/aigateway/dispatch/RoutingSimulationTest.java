package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An hour of bad weather in seconds: what must hold whatever happens is checked at each attempt ({@link Simulation}). A
 * failure names the seed, and the seed repeats it.
 */
class RoutingSimulationTest {
    @ParameterizedTest
    @CsvSource({"1, failover", "2, weighted", "3, session"})
    void anHourOfFaults_losesNoRequestThatSomebodyCouldServe(long seed, String strategy) {
        Simulation simulation = new Simulation(seed, strategy);
        simulation.run(Duration.ofHours(1));
        assertThat(simulation.violations()).as("seed " + seed).isEmpty();
        // The weather was bad enough to mean something, and the gateway good enough.
        assertThat(simulation.requests()).isGreaterThan(60_000);
        assertThat(simulation.repetitions()).isGreaterThan(20);
        assertThat(simulation.probes()).isGreaterThan(10);
        assertThat(simulation.served() / (double) simulation.requests()).isGreaterThan(0.9);
        assertThat(simulation.isEverythingReleased()).isTrue();
    }

    @Test
    void sameSeed_givesTheSameHistory() {
        assertThat(history(7)).isEqualTo(history(7)).isNotEqualTo(history(8));
    }

    private static long history(long seed) {
        Simulation simulation = new Simulation(seed, "weighted");
        simulation.run(Duration.ofMinutes(10));
        return simulation.history();
    }
}
