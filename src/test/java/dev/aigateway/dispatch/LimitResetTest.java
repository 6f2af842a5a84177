package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitResetTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "x-ratelimit-reset-requests=1s|PT1S",
                "X-RateLimit-Reset-Tokens=6m0s|PT6M",
                "x-ratelimit-reset-tokens=1m30s|PT1M30S",
                "x-ratelimit-reset-tokens=250ms|PT0.25S",
                "x-ratelimit-reset-tokens=2m59.56s|PT2M59.56S",
                "x-ratelimit-reset-requests=1h2m3s4ms|PT1H2M3.004S",
                "x-ratelimit-reset-requests=1d|PT24H",
                "x-ratelimit-reset-requests=7|PT7S",
                "anthropic-ratelimit-requests-reset=2026-11-21T10:00:20Z|PT20S",
                "anthropic-ratelimit-tokens-reset=2026-11-21T11:00:20+01:00|PT20S",
                "anthropic-ratelimit-input-tokens-reset=2026-11-21T10:01:00Z|PT1M",
                "anthropic-ratelimit-output-tokens-reset=2026-11-21T10:01:00.5Z|PT1M0.5S",
                "x-ratelimit-reset=42|PT42S",
                "x-ratelimit-reset=1795255230|PT30S",
                "x-ratelimit-reset=1795255230000|PT30S"
            })
    void form_isUnderstood(String header, Duration wait) {
        assertThat(LimitReset.read(headers(header), NOW)).contains(wait);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "x-ratelimit-reset-requests=1s x-ratelimit-reset-tokens=6m0s|PT6M",
                "x-ratelimit-reset-requests=1s x-ratelimit-remaining-requests=0"
                        + " x-ratelimit-reset-tokens=6m0s x-ratelimit-remaining-tokens=100|PT1S",
                "x-ratelimit-reset-requests=1s x-ratelimit-remaining-requests=0"
                        + " x-ratelimit-reset-tokens=6m0s x-ratelimit-remaining-tokens=0|PT6M",
                "x-ratelimit-reset-requests=soon x-ratelimit-remaining-requests=0 x-ratelimit-reset-tokens=2s|PT2S",
                "anthropic-ratelimit-requests-reset=2026-11-21T10:05:00Z anthropic-ratelimit-requests-remaining=9"
                        + " anthropic-ratelimit-input-tokens-reset=2026-11-21T10:00:07Z"
                        + " anthropic-ratelimit-input-tokens-remaining=0|PT7S",
                "x-ratelimit-reset=9 x-ratelimit-reset-requests=0s|PT9S"
            })
    void ofSeveralLimits_theOneThatWasReachedCounts_elseTheLongest(String headers, Duration wait) {
        assertThat(LimitReset.read(headers(headers), NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-ratelimit-reset=",
                "x-ratelimit-reset=soon",
                "x-ratelimit-reset=-3",
                "x-ratelimit-reset=0",
                "x-ratelimit-reset=NaN",
                "x-ratelimit-reset=99999999999999999999",
                "x-ratelimit-reset-tokens=1x",
                "x-ratelimit-reset-tokens=s",
                "x-ratelimit-reset=1700000000",
                "anthropic-ratelimit-tokens-reset=2026-11-21",
                "anthropic-ratelimit-tokens-reset=2026-11-21T09:59:59Z",
                "x-ratelimit-remaining=0"
            })
    void senseless_orOver_isIgnored(String header) {
        assertThat(LimitReset.read(headers(header), NOW)).isEmpty();
    }

    private static MultiMap headers(String all) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        Arrays.stream(all.split(" ")).map(one -> one.split("=", 2)).forEach(one -> headers.add(one[0], one[1]));
        return headers;
    }
}
