package dev.aigateway.routing.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    private static final long PERIOD = Durations.PERIOD_MILLIS;

    private final Durations durations = new Durations(0);

    @Test
    void nothing_hasNoQuantiles() {
        assertThat(durations.quantile(0.5, 0)).isZero();
        assertThat(durations.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 17, 100, 999, 1000, 65_535, 65_536, 1_000_000, Integer.MAX_VALUE})
    void quantile_isAtMostOneEighthTooHigh(long millis) {
        durations.saw(millis, 0);
        assertThat(durations.quantile(0.5, 0)).isBetween(millis, millis + millis / 8);
    }

    @Test
    void quantiles_ofAnEvenSpread() {
        for (int i = 1; i <= 1000; i++) {
            durations.saw(i, 0);
        }
        assertThat(durations.quantile(0.5, 0)).isBetween(500L, 563L);
        assertThat(durations.quantile(0.9, 0)).isBetween(900L, 1013L);
        assertThat(durations.quantile(0.99, 0)).isBetween(990L, 1114L);
        assertThat(durations.count()).isEqualTo(1000);
        assertThat(durations.totalMillis()).isEqualTo(500_500);
    }

    @Test
    void quantiles_forget_butTotalsDoNot() {
        durations.saw(5, 0);
        assertThat(durations.quantile(0.5, PERIOD)).isEqualTo(5);
        durations.saw(7, PERIOD);
        assertThat(durations.quantile(0.99, PERIOD)).isEqualTo(7);
        assertThat(durations.quantile(0.5, 2 * PERIOD)).isEqualTo(7);
        assertThat(durations.quantile(0.5, 5 * PERIOD)).isZero();
        assertThat(durations.count()).isEqualTo(2);
    }

    @Test
    void clockThatIsSetBack_beginsANewPeriodThere() {
        long late = 100 * PERIOD;
        durations.saw(5, late);
        durations.saw(7, PERIOD);
        assertThat(durations.quantile(0.5, PERIOD)).isEqualTo(5);
        assertThat(durations.quantile(0.5, 2 * PERIOD)).isEqualTo(7);
        assertThat(durations.quantile(0.5, 4 * PERIOD)).isZero();
    }

    @Test
    void absurdTimes_areBounded() {
        durations.saw(-5, 0);
        durations.saw(Long.MAX_VALUE, 0);
        assertThat(durations.quantile(0.01, 0)).isZero();
        assertThat(durations.quantile(0.99, 0)).isGreaterThanOrEqualTo(Integer.MAX_VALUE);
    }
}
