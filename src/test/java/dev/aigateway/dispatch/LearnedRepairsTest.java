package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Effort;
import dev.aigateway.translation.repair.Repair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LearnedRepairsTest {
    private static final Repair NO_TEMPERATURE = remove("temperature");
    private static final Repair NO_SEED = remove("seed");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final LearnedRepairs learned = new LearnedRepairs(now::get);

    @Test
    void repair_isKnownForItsProviderAndModelOnly() {
        learned.learn("p", "m", NO_TEMPERATURE);
        learned.learn("p", "m", NO_SEED);
        assertThat(learned.of("p", "m")).containsExactly(NO_TEMPERATURE, NO_SEED);
        assertThat(learned.of("p", "other")).isEmpty();
        assertThat(learned.of("other", "m")).isEmpty();
    }

    @Test
    void repair_isForgottenAfterAnHour_evenIfItWasUsed() {
        learned.learn("p", "m", NO_TEMPERATURE);
        pass(Duration.ofMinutes(40));
        learned.learn("p", "m", NO_SEED);
        pass(Duration.ofMinutes(20).minusNanos(1));
        assertThat(learned.of("p", "m")).containsExactly(NO_TEMPERATURE, NO_SEED);
        pass(Duration.ofNanos(1));
        assertThat(learned.of("p", "m")).containsExactly(NO_SEED);
        pass(Duration.ofMinutes(40));
        assertThat(learned.of("p", "m")).isEmpty();
    }

    @Test
    void repairOfTheSameKind_takesTheEarliersPlace() {
        Repair low = new Repair.NearestEffort("reasoning_effort", List.of(Effort.LOW));
        Repair high = new Repair.NearestEffort("reasoning_effort", List.of(Effort.HIGH));
        learned.learn("p", "m", low);
        learned.learn("p", "m", high);
        assertThat(learned.of("p", "m")).containsExactly(high);
    }

    @Test
    void store_hasLimits_andForgetsTheOldest() {
        for (int i = 0; i <= LearnedRepairs.MOST_UPSTREAMS; i++) {
            learned.learn("p", "m" + i, NO_SEED);
            pass(Duration.ofNanos(1));
        }
        assertThat(learned.upstreams()).isEqualTo(LearnedRepairs.MOST_UPSTREAMS);
        assertThat(learned.of("p", "m0")).isEmpty();
        assertThat(learned.of("p", "m1")).isNotEmpty();
        for (int i = 0; i <= LearnedRepairs.MOST_REPAIRS; i++) {
            learned.learn("p", "m1", remove("x" + i));
        }
        assertThat(learned.of("p", "m1")).hasSize(LearnedRepairs.MOST_REPAIRS).doesNotContain(NO_SEED, remove("x0"));
    }

    @Test
    void store_thatIsFull_forgetsWhatIsTooOldFirst() {
        for (int i = 0; i < LearnedRepairs.MOST_UPSTREAMS; i++) {
            learned.learn("p", "m" + i, NO_SEED);
        }
        pass(LearnedRepairs.LIFE);
        learned.learn("p", "new", NO_SEED);
        assertThat(learned.upstreams()).isEqualTo(1);
    }

    @Test
    void modelWithAnEndlessName_isNotRemembered() {
        String name = "m".repeat(LearnedRepairs.LONGEST_NAME);
        learned.learn("p", name, NO_SEED);
        assertThat(learned.of("p", name)).isEmpty();
    }

    /** The clock passes the greatest number in these tests, as a clock of nanoseconds may. */
    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Repair remove(String path) {
        return new Repair.Remove(List.of(path), true);
    }
}
