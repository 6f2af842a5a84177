package dev.aigateway.routing.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {
    private static final long NOW = 1_000_000;

    private final RetryBudget budget = new RetryBudget(NOW);

    @ParameterizedTest
    @CsvSource({
        // requests at how many percent, and how many repetitions they earn beyond the reserve
        "0, 20, 0",
        "4, 20, 0",
        "5, 20, 1",
        "50, 20, 10",
        "10, 100, 10",
        "100, 0, 0",
        "3, 33, 0",
        "100, 1, 1",
        "100000, 100, 90"
    })
    void requests_earnTheirShare_upToTheCeiling(int requests, int percent, long earned) {
        for (int i = 0; i < requests; i++) {
            budget.earn(percent);
        }
        assertThat(spent(NOW)).isEqualTo(RetryBudget.RESERVE + earned);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 0", "1000, 1", "4500, 4", "10000, 10", "3600000, 10"})
    void time_refillsTheReserveOnly(long millis, long repetitions) {
        spent(NOW);
        assertThat(spent(NOW + millis)).isEqualTo(repetitions);
    }

    @Test
    void time_addsNothingToWhatIsMoreThanTheReserve() {
        for (int i = 0; i < 100; i++) {
            budget.earn(20);
        }
        assertThat(spent(NOW + 3_600_000)).isEqualTo(30);
    }

    @Test
    void clockThatIsSetBack_givesNothing_andGoesOnFromThere() {
        spent(NOW);
        assertThat(budget.spend(NOW - 3_600_000)).isFalse();
        assertThat(spent(NOW - 3_600_000 + 2_000)).isEqualTo(2);
    }

    /** Another thread has read it sooner. */
    @Test
    void clockThatGoesBackALittle_givesNothing() {
        spent(NOW + 5_000);
        assertThat(budget.spend(NOW)).isFalse();
        assertThat(budget.spend(NOW + 5_500)).isFalse();
        assertThat(budget.spend(NOW + 6_000)).isTrue();
    }

    private long spent(long now) {
        long count = 0;
        while (budget.spend(now)) {
            count++;
        }
        return count;
    }
}
