package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after|7|PT7S",
                "retry-after|0.5|PT0.5S",
                "retry-after-ms|250|PT0.25S",
                "Retry-After|Sat, 21 Nov 2026 10:00:30 GMT|PT30S",
                "retry-after|Sat, 21 Nov 2026 09:00:00 GMT|PT0S",
                "retry-after|99999999|PT24H"
            })
    void read_validHeader_givesTheWait(String name, String value, Duration wait) {
        assertThat(RetryAfter.read(MultiMap.caseInsensitiveMultiMap().add(name, value), NOW))
                .contains(wait);
    }

    @ParameterizedTest
    @CsvSource({"soon", "-3", "NaN"})
    void read_senseless_isIgnored(String value) {
        assertThat(RetryAfter.read(MultiMap.caseInsensitiveMultiMap().add("retry-after", value), NOW))
                .matches(wait -> wait.isEmpty() || wait.get().isZero());
    }

    @Test
    void read_bothForms_millisecondsWin() {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap().add("retry-after", "60").add("retry-after-ms", "100");
        assertThat(RetryAfter.read(headers, NOW)).contains(Duration.ofMillis(100));
    }
}
