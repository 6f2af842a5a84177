package dev.aigateway.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Reads from an upstream's error how long to leave it alone. The first of these that is there counts: Google's
 * {@code retryDelay}, its {@code quotaResetDelay}, {@code resets_in_seconds}, {@code resets_at}, words such as "Please try
 * again in 7m12s". No wait is longer than a day; fractions of a millisecond are rounded up. What stands in headers comes
 * first, and is not read here (upstream reference, sections 1.5 and 2.6). Stateless.
 */
public final class RequestedWait {
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final String STEP = "(\\d{1,9}(?:\\.\\d{1,20})?)\\s?"
            + "(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)(?![a-z])";

    /** So many steps at most, because their text is whatever the upstream likes to send. */
    private static final String STEPS = "(?:" + STEP + "[ ,]{0,2}(?:and )?){1,5}";

    private static final Pattern ONE_STEP = Pattern.compile(STEP, Pattern.CASE_INSENSITIVE);
    private static final Pattern DELAY = Pattern.compile(STEPS, Pattern.CASE_INSENSITIVE);
    private static final Pattern WORDS = Pattern.compile(
            "\\b(?:try again|retry|resets?) (?:in|after) (?<delay>" + STEPS + ")", Pattern.CASE_INSENSITIVE);

    private RequestedWait() {}

    /** @param error the object that holds the message, of whatever dialect */
    static Optional<Duration> read(JsonNode error, String message, Instant now) {
        JsonNode details = error.path("details");
        return ofRetryInfo(details)
                .or(() -> first(details, "/metadata/quotaResetDelay"))
                .or(() -> ofReset(error, now))
                .or(() -> ofWords(message));
    }

    /** @param details those of an error in Google's form, where a wait is meant whatever the error */
    public static Optional<Duration> ofRetryInfo(JsonNode details) {
        return first(details, "/retryDelay");
    }

    private static Optional<Duration> first(JsonNode details, String pointer) {
        return StreamSupport.stream(details.spliterator(), false)
                .map(detail -> detail.at(pointer).asText(""))
                .filter(delay -> DELAY.matcher(delay).matches())
                .map(RequestedWait::ofSteps)
                .findFirst();
    }

    /** The number of seconds comes first, since it needs no clock. A limit that has ended tells nothing. */
    private static Optional<Duration> ofReset(JsonNode error, Instant now) {
        return millis(error.path("resets_in_seconds"))
                .or(() -> millis(error.path("resets_at")).map(then -> then - now.toEpochMilli()))
                .filter(left -> left > 0)
                .map(RequestedWait::bounded);
    }

    private static Optional<Double> millis(JsonNode seconds) {
        return seconds.isNumber() ? Optional.of(seconds.doubleValue() * 1000) : Optional.empty();
    }

    private static Optional<Duration> ofWords(String message) {
        return Optional.of(WORDS.matcher(message)).filter(Matcher::find).map(words -> ofSteps(words.group("delay")));
    }

    /** The sum of all steps in a text such as {@code 1m30s}; fractions of a millisecond are rounded up. */
    public static Duration ofSteps(String delay) {
        BigDecimal sum = BigDecimal.ZERO;
        Matcher steps = ONE_STEP.matcher(delay);
        while (steps.find()) {
            sum = sum.add(new BigDecimal(steps.group(1)).multiply(BigDecimal.valueOf(millis(steps.group(2)))));
        }
        return bounded(sum.setScale(0, RoundingMode.CEILING).doubleValue());
    }

    private static long millis(String unit) {
        String name = unit.toLowerCase(Locale.ROOT);
        if (name.startsWith("ms") || name.startsWith("milli")) {
            return 1;
        }
        return switch (name.charAt(0)) {
            case 's' -> 1000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            default -> 86_400_000;
        };
    }

    private static Duration bounded(double millis) {
        return Duration.ofMillis((long) Math.min(Math.ceil(millis), LONGEST.toMillis()));
    }
}
