package dev.aigateway.dispatch;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how long an upstream wants us to wait: {@code retry-after-ms}, or {@code retry-after} in seconds or as a date. */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofHours(24);

    private RetryAfter() {}

    static Optional<Duration> read(MultiMap headers, Instant now) {
        Optional<Duration> millis = number(headers.get("retry-after-ms")).map(ms -> Duration.ofMillis(Math.round(ms)));
        return millis.or(() -> read(headers.get("retry-after"), now))
                .filter(wait -> !wait.isNegative())
                .map(RetryAfter::bounded);
    }

    static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Optional<Duration> read(@Nullable String value, Instant now) {
        if (value == null) {
            return Optional.empty();
        }
        return number(value)
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
                .or(() -> date(value, now));
    }

    private static Optional<Double> number(@Nullable String value) {
        try {
            return value == null ? Optional.empty() : Optional.of(Double.parseDouble(value.trim()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String value, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isBefore(now) ? Duration.ZERO : Duration.between(now, then));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
