package dev.aigateway.dispatch;

import dev.aigateway.translation.RequestedWait;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads when a limit that was reached ends, from the headers that providers send with every answer: as a duration
 * ({@code 1m30s}), as a time, or as a number of seconds, of the epoch too. Of several limits it is that of which nothing
 * remains, or else the longest. A limit that ends now or has ended tells nothing.
 */
final class LimitReset {
    private static final List<Limit> LIMITS = List.of(
            new Limit("x-ratelimit-reset-requests", "x-ratelimit-remaining-requests"),
            new Limit("x-ratelimit-reset-tokens", "x-ratelimit-remaining-tokens"),
            ofAnthropic("requests"),
            ofAnthropic("tokens"),
            ofAnthropic("input-tokens"),
            ofAnthropic("output-tokens"),
            new Limit("x-ratelimit-reset", "x-ratelimit-remaining"));

    private static final Pattern STEPS = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|s|m|h|d))+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,9})?");
    /** Numbers from here on are no durations but times: of the year 2001, counted in seconds, or in milliseconds. */
    private static final double FIRST_SECONDS = 1e9;

    private static final double FIRST_MILLIS = 1e12;

    private LimitReset() {}

    /** @param reset the header that tells when the limit ends */
    private record Limit(String reset, String remaining) {
        boolean isUsedUp(MultiMap headers) {
            String left = headers.get(remaining);
            return left != null && left.trim().equals("0");
        }
    }

    private static Limit ofAnthropic(String what) {
        return new Limit("anthropic-ratelimit-" + what + "-reset", "anthropic-ratelimit-" + what + "-remaining");
    }

    static Optional<Duration> read(MultiMap headers, Instant now) {
        List<Limit> usedUp =
                LIMITS.stream().filter(limit -> limit.isUsedUp(headers)).toList();
        return longest(usedUp, headers, now).or(() -> longest(LIMITS, headers, now));
    }

    private static Optional<Duration> longest(List<Limit> limits, MultiMap headers, Instant now) {
        return limits.stream()
                .flatMap(limit -> Optional.ofNullable(headers.get(limit.reset)).stream())
                .flatMap(value -> wait(value.trim(), now).stream())
                .filter(Duration::isPositive)
                .max(Duration::compareTo);
    }

    private static Optional<Duration> wait(String value, Instant now) {
        if (NUMBER.matcher(value).matches()) {
            return Optional.of(ofNumber(Double.parseDouble(value), now));
        }
        return STEPS.matcher(value).matches() ? Optional.of(RequestedWait.ofSteps(value)) : untilTime(value, now);
    }

    private static Duration ofNumber(double number, Instant now) {
        if (number >= FIRST_MILLIS) {
            return Duration.between(now, Instant.ofEpochMilli((long) number));
        }
        return number >= FIRST_SECONDS
                ? Duration.between(now, Instant.ofEpochSecond((long) number))
                : millis(number * 1000);
    }

    private static Optional<Duration> untilTime(String value, Instant now) {
        try {
            return Optional.of(Duration.between(now, OffsetDateTime.parse(value).toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Rather a little later than too soon. */
    private static Duration millis(double millis) {
        return Duration.ofMillis((long) Math.ceil(millis));
    }
}
