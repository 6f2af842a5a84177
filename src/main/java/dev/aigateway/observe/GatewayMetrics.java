package dev.aigateway.observe;

import dev.aigateway.conversation.Dialect;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's own meters. Labels come from fixed or configured sets only: dialects, outcomes, providers; never a name
 * that a client made up.
 */
@Singleton
public class GatewayMetrics {
    private final MeterRegistry registry;
    private final Totals totals;

    public GatewayMetrics(MeterRegistry registry, Totals totals) {
        this.registry = registry;
        this.totals = totals;
    }

    public void exchange(RequestLine line) {
        totals.count(line);
        String provider = line.target()
                .map(target -> target.substring(0, target.indexOf('/')))
                .orElse("none");
        Timer.builder("ai.gateway.requests")
                .description("Finished requests and how long they took")
                .tags("dialect", line.protocol(), "provider", provider, "outcome", line.outcome())
                .register(registry)
                .record(line.millis(), TimeUnit.MILLISECONDS);
        tokens("input", provider, line.usage().input().orElse(0));
        tokens("output", provider, line.usage().output().orElse(0));
    }

    /** @param fidelity {@code approximated} or {@code dropped} */
    public void translationNote(String fidelity, Dialect dialect) {
        registry.counter("ai.gateway.translation.warnings", "fidelity", fidelity, "dialect", dialect.label())
                .increment();
    }

    private void tokens(String direction, String provider, long count) {
        if (count > 0) {
            registry.counter("ai.gateway.tokens", "direction", direction, "provider", provider)
                    .increment(count);
        }
    }
}
