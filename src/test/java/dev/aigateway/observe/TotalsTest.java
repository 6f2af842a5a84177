package dev.aigateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.conversation.Usage;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private final Totals totals = new Totals(new CurrentConfig(Configurations.of(
            "providers: [ { name: p, type: openai, models: [ m ], model-mapping: { nick: full } } ]")));

    @Test
    void requests_areCountedByOutcome_andErrorsAmongThem() {
        count("p/m", "ok", 5);
        count("p/m", "cancelled", 5);
        count("p/m", "refused", 5);
        count("p/m", "truncated", 5);
        Totals.Counts counts = totals.counts();
        assertThat(counts.requests()).isEqualTo(4);
        assertThat(counts.errors()).isEqualTo(2);
        assertThat(counts.outcomes()).containsEntry("cancelled", 1L);
        assertThat(counts.inputTokens()).isEqualTo(12);
        assertThat(counts.outputTokens()).isEqualTo(28);
    }

    @Test
    void latencies_fallIntoTheirBuckets() {
        for (long millis : new long[] {0, 99, 100, 499, 500, 999, 1000, 4999, 5000, 29_999, 30_000, 1_000_000}) {
            count("p/m", "ok", millis);
        }
        assertThat(totals.counts().latencyMillis().keySet())
                .containsExactly("<100", "100-499", "500-999", "1000-4999", "5000-29999", ">=30000");
        assertThat(totals.counts().latencyMillis().values()).containsOnly(2L);
    }

    @Test
    void models_thatNobodyConfigured_areCountedTogether() {
        count("p/m", "ok", 1);
        count("p/full", "ok", 1);
        count("p/made-up-1", "ok", 1);
        count("p/made-up-2", "ok", 1);
        totals.count(line(Optional.empty(), "refused", 1));
        assertThat(totals.counts().models())
                .containsExactlyInAnyOrderEntriesOf(Map.of("m", 1L, "full", 1L, "(other)", 2L, "(none)", 1L));
        assertThat(totals.counts().providers()).containsExactlyInAnyOrderEntriesOf(Map.of("p", 4L, "(none)", 1L));
    }

    @Test
    void models_thatRoutingNames_areConfigured() {
        Totals routed = new Totals(new CurrentConfig(Configurations.of("""
                default-model: usual
                model-mapping: { "gpt-*": mapped, nick: "p,qualified", other: p/path }
                fallbacks: { first: [ second, team/third ] }
                providers: [ { name: p, type: openai, prefix: team } ]
                """)));
        for (String model :
                new String[] {"usual", "mapped", "qualified", "path", "first", "second", "third", "made-up"}) {
            routed.count(line(Optional.of("p/" + model), "ok", 1));
        }
        assertThat(routed.counts().models())
                .containsOnlyKeys("usual", "mapped", "qualified", "path", "first", "second", "third", "(other)");
    }

    private void count(String target, String outcome, long millis) {
        totals.count(line(Optional.of(target), outcome, millis));
    }

    private static RequestLine line(Optional<String> target, String outcome, long millis) {
        Usage usage = new Usage(
                OptionalLong.of(3),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(7),
                OptionalLong.empty());
        return new RequestLine("id", "chat", "asked", target, false, 200, outcome, 1, millis, usage);
    }
}
