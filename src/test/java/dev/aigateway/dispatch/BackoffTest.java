package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final RetryConfig CONFIG = config(RetryConfig.Jitter.HALF);

    /** Row 140. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.0, 500",
        "0, 0.5, 1000",
        "0, 0.999, 1499",
        "1, 0.0, 1000",
        "1, 0.5, 2000",
        "2, 0.0, 1500",
        "2, 0.5, 3000",
        "60, 0.5, 3000"
    })
    void delay_growsExponentiallyToTheCap_withHalfJitter(int retry, double random, long millis) {
        assertThat(new Backoff(CONFIG, () -> random).delay(retry, Optional.empty()))
                .isEqualTo(Duration.ofMillis(millis));
    }

    /** Row 139. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.0, 0",
        "0, 0.5, 500",
        "0, 0.999, 999",
        "1, 0.5, 1000",
        "2, 0.0, 0",
        "2, 0.5, 1500",
        "60, 0.999, 2997"
    })
    void delay_withFullJitter_isAnythingBelowTheExponential(int retry, double random, long millis) {
        assertThat(new Backoff(config(RetryConfig.Jitter.FULL), () -> random).delay(retry, Optional.empty()))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void delay_retryAfterLonger_isHonoured() {
        Backoff backoff = new Backoff(CONFIG, () -> 0.5);
        assertThat(backoff.delay(0, Optional.of(Duration.ofSeconds(7)))).isEqualTo(Duration.ofSeconds(7));
        assertThat(backoff.delay(0, Optional.of(Duration.ofMillis(1)))).isEqualTo(Duration.ofSeconds(1));
    }

    private static RetryConfig config(RetryConfig.Jitter jitter) {
        return new RetryConfig(
                5, Duration.ofMillis(1000), Duration.ofMillis(3000), Duration.ofMinutes(1), 20, 0, jitter, Set.of());
    }
}
