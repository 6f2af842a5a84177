package dev.aigateway.routing.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final long NOW = 1_000_000;

    private final Latency latency = new Latency();

    @Test
    void unknownModel_isTriedFirst() {
        latency.saw("m", 100, NOW);
        assertThat(latency.of("other", NOW)).isZero();
    }

    @Test
    void average_followsWhatIsSeen_withoutJumping() {
        latency.saw("m", 100, NOW);
        latency.saw("m", 1100, NOW);
        assertThat(latency.of("m", NOW)).isCloseTo(400, within(1e-9));
        for (int i = 0; i < 30; i++) {
            latency.saw("m", 1100, NOW);
        }
        assertThat(latency.of("m", NOW)).isCloseTo(1100, within(1.0));
    }

    @Test
    void slowOne_isForgottenByHalfEachMinute() {
        latency.saw("m", 800, NOW);
        assertThat(latency.of("m", NOW + 60_000)).isCloseTo(400, within(1e-9));
        assertThat(latency.of("m", NOW + 180_000)).isCloseTo(100, within(1e-9));
        assertThat(latency.of("m", NOW - 5)).isCloseTo(800, within(1e-9));
    }

    @Test
    void slowOne_isForgotten_whenTheClockIsSetBack() {
        latency.saw("m", 800, NOW);
        assertThat(latency.of("m", NOW - 3_600_000)).isZero();
        latency.saw("m", 100 - 3_600_000, NOW);
        assertThat(latency.of("m", NOW)).isBetween(0.0, 800.0);
    }

    @Test
    void madeUpModels_areNotKeptWithoutEnd_andDisplaceNobodyWhoIsInUse() {
        latency.saw("forgotten", 100, NOW);
        for (int i = 0; i < 5000; i++) {
            latency.saw("made up " + i, 100, NOW + i);
            latency.saw(i < 4500 ? "old" : "new", 300, NOW + i);
        }
        assertThat(latency.of("old", NOW + 5000)).isPositive();
        assertThat(latency.of("new", NOW + 5000)).isPositive();
        assertThat(latency.of("forgotten", NOW)).isZero();
        assertThat(latency.of("made up 0", NOW)).isZero();
    }
}
