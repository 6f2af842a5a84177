package dev.aigateway.routing.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.CooldownConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CooldownTest {
    private static final KeyId KEY = new KeyId("p", "k1");
    private static final long NOW = 1_000_000;

    private final LocalState state = new LocalState();
    private final Cooldown cooldown = new Cooldown(
            new CooldownConfig(seconds(60), seconds(15), seconds(10), seconds(1800), seconds(600), seconds(100)),
            state);

    @ParameterizedTest
    @CsvSource({
        // the provider's wish counts where it can have one, up to the longest
        "RATE_LIMIT, , 60",
        "RATE_LIMIT, 7, 7",
        "RATE_LIMIT, 99, 99",
        "RATE_LIMIT, 5000, 100",
        "SERVER_ERROR, , 15",
        "SERVER_ERROR, 30, 30",
        "SERVER_ERROR, 5000, 100",
        "NETWORK, , 10",
        "NETWORK, 30, 10",
        "HEALTH_CHECK, 30, 10",
        "REFUSED, 1, 1800",
        "NOT_FOUND, 1, 600"
    })
    void cause_decidesHowLong(Cause cause, Long wish, long seconds) {
        cooldown.spare(KEY, "m", cause, Optional.ofNullable(wish).map(Duration::ofSeconds), false, NOW);
        assertThat(cooldown.freeAt(KEY, "m", NOW)).isEqualTo(NOW + seconds * 1000);
        assertThat(cooldown.freeAt(KEY, "m", NOW + seconds * 1000 + 5)).isEqualTo(NOW + seconds * 1000 + 5);
        assertThat(state.of(Subject.key(KEY, "m")).cause()).contains(cause);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 60"})
    void otherModels_areSparedWithTheWholeKeyOnly(boolean wholeKey, long seconds) {
        cooldown.spare(KEY, "m", Cause.RATE_LIMIT, Optional.empty(), wholeKey, NOW);
        assertThat(cooldown.freeAt(KEY, "other", NOW)).isEqualTo(NOW + seconds * 1000);
        assertThat(cooldown.freeAt(new KeyId("p", "k2"), "m", NOW)).isEqualTo(NOW);
        assertThat(cooldown.freeAt(new KeyId("q", "k1"), "m", NOW)).isEqualTo(NOW);
    }

    @Test
    void laterFailure_neverShortens_andTheCauseIsThatOfTheLongerTime() {
        cooldown.spare(KEY, "m", Cause.RATE_LIMIT, Optional.empty(), false, NOW);
        cooldown.spare(KEY, "m", Cause.NETWORK, Optional.empty(), false, NOW + 1);
        assertThat(cooldown.freeAt(KEY, "m", NOW)).isEqualTo(NOW + 60_000);
        assertThat(state.of(Subject.key(KEY, "m")).cause()).contains(Cause.RATE_LIMIT);
        cooldown.spare(KEY, "m", Cause.REFUSED, Optional.empty(), false, NOW + 2);
        assertThat(state.of(Subject.key(KEY, "m")).cause()).contains(Cause.REFUSED);
    }

    @Test
    void lengthOfZero_sparesNobody() {
        Cooldown none = new Cooldown(
                new CooldownConfig(seconds(0), seconds(0), seconds(0), seconds(0), seconds(0), seconds(0)), state);
        none.spare(KEY, "m", Cause.RATE_LIMIT, Optional.of(seconds(5)), true, NOW);
        assertThat(state.isQuiet()).isTrue();
    }

    /** A provider without keys has one standing as a provider and another one as its own key. */
    @Test
    void providerWithoutKeys_isSpared_withoutBeingGivenUp() {
        KeyId keyless = KeyId.of("p", Optional.empty());
        cooldown.spare(keyless, "m", Cause.RATE_LIMIT, Optional.empty(), false, NOW);
        cooldown.spare(keyless, "m", Cause.REFUSED, Optional.empty(), true, NOW);
        assertThat(state.of(Subject.provider("p", "m"))).isEqualTo(Standing.GOOD);
        assertThat(state.of(Subject.provider("p"))).isEqualTo(Standing.GOOD);
        assertThat(cooldown.freeAt(keyless, "m", NOW)).isEqualTo(NOW + 1_800_000);
    }

    @Test
    void keyThatServes_isForgotten_onceItsTimeIsOver() {
        cooldown.spare(KEY, "m", Cause.RATE_LIMIT, Optional.empty(), false, NOW);
        cooldown.served(KEY, "m", NOW + 59_999);
        assertThat(state.isQuiet()).isFalse();
        cooldown.served(KEY, "m", NOW + 60_000);
        assertThat(state.isQuiet()).isTrue();
    }

    @Test
    void clockThatIsSetBack_sparesNobodyLonger() {
        cooldown.spare(KEY, "m", Cause.REFUSED, Optional.empty(), false, NOW);
        assertThat(cooldown.freeAt(KEY, "m", NOW - 5)).isEqualTo(NOW + 1_800_000);
        long later = NOW - 600_000;
        assertThat(cooldown.freeAt(KEY, "m", later)).isEqualTo(later);
        assertThat(cooldown.spare(KEY, "m", Cause.NETWORK, Optional.empty(), false, later))
                .isTrue();
        assertThat(cooldown.freeAt(KEY, "m", later)).isEqualTo(later + 10_000);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
