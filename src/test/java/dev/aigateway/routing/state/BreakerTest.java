package dev.aigateway.routing.state;

import static dev.aigateway.routing.state.Breaker.Admission.NONE;
import static dev.aigateway.routing.state.Breaker.Admission.OPEN_TO_ALL;
import static dev.aigateway.routing.state.Breaker.Admission.PROBE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.BreakerConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {
    private static final Subject MODEL = Subject.provider("p", "m");
    private static final BreakerConfig CONFIG = new BreakerConfig(3, Duration.ofSeconds(60), Duration.ofSeconds(5));

    private final LocalState state = new LocalState();
    private final Breaker breaker = new Breaker(CONFIG, state);
    private long now = 1_000_000;

    @Test
    void clockThatIsSetBack_letsAProbeGo_andForgetsTheOneThatIsLost() {
        for (int i = 0; i < 3; i++) {
            breaker.failed(MODEL, Cause.NETWORK, now, Standing.NO_PROBE);
        }
        now -= 600_000;
        assertThat(breaker.freeAt(MODEL, now)).isEqualTo(now);
        assertThat(breaker.probeAt(MODEL, now)).isEqualTo(now);
        assertThat(breaker.enter(MODEL, now, false)).isEqualTo(PROBE);
        assertThat(breaker.enter(MODEL, now, false)).isEqualTo(NONE);
        now -= 60_000;
        assertThat(breaker.enter(MODEL, now, false)).isEqualTo(PROBE);
    }

    /**
     * What happens a second apart, and what the breaker then says: F fails, A answers, S succeeds, T a minute passes, t six
     * seconds, P a probe goes, D a desperate one, f it fails, s it succeeds, x it is abandoned.
     */
    @ParameterizedTest
    @CsvSource({
        "'', OPEN_TO_ALL",
        "F F, OPEN_TO_ALL",
        "F F F, NONE",
        "F F S F F, OPEN_TO_ALL",
        "F F A F, NONE",
        "F F F T, PROBE",
        "F F F T P, NONE",
        "F F F T P x, PROBE",
        "F F F T P s, OPEN_TO_ALL",
        "F F F T P s F F, OPEN_TO_ALL",
        "F F F T P A, OPEN_TO_ALL",
        "F F F T P A F, NONE",
        "F F F T P f, NONE",
        "F F F T P f t, NONE",
        "F F F T P f T, PROBE",
        // One that was under way when the breaker opened.
        "F F F S, OPEN_TO_ALL",
        "F F F T P F T, NONE",
        "F F F D, NONE",
        "F F F t D, NONE",
        "F F F t D s, OPEN_TO_ALL",
        "F F F t D x T, PROBE"
    })
    void history_decidesAboutTheNext(String history, Breaker.Admission expected) {
        long probe = 0;
        for (String step : history.split(" ")) {
            now += 1000;
            probe = happens(step, probe);
        }
        assertThat(breaker.admission(MODEL, now, false)).isEqualTo(expected);
        assertThat(breaker.enter(MODEL, now, false)).isEqualTo(expected);
    }

    private long happens(String step, long probe) {
        switch (step) {
            case "F" -> breaker.failed(MODEL, Cause.SERVER_ERROR, now, Standing.NO_PROBE);
            case "f" -> breaker.failed(MODEL, Cause.SERVER_ERROR, now, probe);
            case "A" -> breaker.answered(MODEL);
            case "S", "s" -> breaker.succeeded(MODEL);
            case "T" -> now += 60_000;
            case "t" -> now += 5_000;
            case "x" -> breaker.abandoned(MODEL, probe);
            case "P" -> assertThat(breaker.enter(MODEL, now, false)).isEqualTo(PROBE);
            case "D" -> breaker.enter(MODEL, now, true);
            default -> assertThat(step).isEmpty();
        }
        return step.equals("P") || step.equals("D") ? now : probe;
    }

    @Test
    void desperateRequest_mayProbeEarly_butNotSoonerThanTheInterval() {
        open();
        assertThat(breaker.admission(MODEL, now + 4_999, true)).isEqualTo(NONE);
        assertThat(breaker.admission(MODEL, now + 5_000, false)).isEqualTo(NONE);
        assertThat(breaker.admission(MODEL, now + 5_000, true)).isEqualTo(PROBE);
        assertThat(breaker.enter(MODEL, now + 5_000, true)).isEqualTo(PROBE);
        assertThat(breaker.enter(MODEL, now + 5_000, true)).isEqualTo(NONE);
    }

    @Test
    void probe_thatNeverComesBack_isLostAfterAWhile() {
        open();
        long sent = now + 60_000;
        assertThat(breaker.enter(MODEL, sent, false)).isEqualTo(PROBE);
        assertThat(breaker.enter(MODEL, sent + Breaker.PROBE_LOST_MILLIS - 1, true))
                .isEqualTo(NONE);
        assertThat(breaker.enter(MODEL, sent + Breaker.PROBE_LOST_MILLIS, false))
                .isEqualTo(PROBE);
        // The first one comes back after all: the second is still the only one.
        breaker.abandoned(MODEL, sent);
        assertThat(breaker.enter(MODEL, sent + Breaker.PROBE_LOST_MILLIS + 1, false))
                .isEqualTo(NONE);
    }

    @Test
    void modelAndConnection_areCountedApart() {
        open();
        assertThat(breaker.admission(Subject.provider("p", "other"), now, false))
                .isEqualTo(OPEN_TO_ALL);
        assertThat(breaker.admission(Subject.provider("p"), now, false)).isEqualTo(OPEN_TO_ALL);
        assertThat(breaker.admission(Subject.provider("q", "m"), now, false)).isEqualTo(OPEN_TO_ALL);
    }

    @Test
    void zeroFailures_switchItOff() {
        Breaker off = new Breaker(new BreakerConfig(0, Duration.ofSeconds(60), Duration.ofSeconds(5)), state);
        for (int i = 0; i < 10; i++) {
            off.failed(MODEL, Cause.NETWORK, now, Standing.NO_PROBE);
        }
        off.answered(MODEL);
        assertThat(off.enter(MODEL, now, false)).isEqualTo(OPEN_TO_ALL);
        assertThat(state.isQuiet()).isTrue();
    }

    @Test
    void singleFailure_opensWhenOneIsEnough_andAnAnswerClosesIt() {
        Breaker strict = new Breaker(new BreakerConfig(1, Duration.ofSeconds(60), Duration.ofSeconds(5)), state);
        strict.failed(MODEL, Cause.NETWORK, now, Standing.NO_PROBE);
        assertThat(strict.admission(MODEL, now, false)).isEqualTo(NONE);
        strict.answered(MODEL);
        assertThat(strict.admission(MODEL, now, false)).isEqualTo(OPEN_TO_ALL);
        assertThat(state.isQuiet()).isTrue();
    }

    @Test
    void freeAt_isTheEndOfItsTime() {
        assertThat(breaker.freeAt(MODEL, now)).isEqualTo(now);
        open();
        assertThat(breaker.freeAt(MODEL, now + 5)).isEqualTo(now + 60_000);
        assertThat(breaker.freeAt(MODEL, now + 70_000)).isEqualTo(now + 70_000);
    }

    @Test
    void probeAt_isTheNextEarlyProbe_orTheEndOfItsTime() {
        assertThat(breaker.probeAt(MODEL, now)).isEqualTo(now);
        open();
        assertThat(breaker.probeAt(MODEL, now + 1)).isEqualTo(now + 5_000);
        assertThat(breaker.probeAt(MODEL, now + 6_000)).isEqualTo(now + 6_000);
        breaker.enter(MODEL, now + 6_000, true);
        assertThat(breaker.probeAt(MODEL, now + 7_000)).isEqualTo(now + 12_000);
        breaker.failed(MODEL, Cause.SERVER_ERROR, now + 8_000, now + 6_000);
        assertThat(breaker.probeAt(MODEL, now + 8_000)).isEqualTo(now + 13_000);
        Breaker lazy = new Breaker(new BreakerConfig(3, Duration.ofSeconds(60), Duration.ofHours(1)), state);
        assertThat(lazy.probeAt(MODEL, now + 9_000)).isEqualTo(now + 68_000);
    }

    private void open() {
        for (int i = 0; i < 3; i++) {
            breaker.failed(MODEL, Cause.SERVER_ERROR, now, Standing.NO_PROBE);
        }
    }
}
