package dev.aigateway.admin;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.Tally;
import dev.aigateway.routing.Timing;
import dev.aigateway.routing.state.Cause;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Shows what the {@link ProviderPool} counts as meters, read when somebody looks: requests pay nothing for them. Labels are
 * configured providers and fixed words. Providers that a reload takes away keep their meters, as counters must.
 */
@Singleton
@Startup
public class PoolMeters {
    private final MeterRegistry registry;
    private final ProviderPool pool;
    private final LatestStandings standings;
    private final Set<String> shown = new HashSet<>();

    public PoolMeters(MeterRegistry registry, ProviderPool pool, CurrentConfig config) {
        this.registry = registry;
        this.pool = pool;
        this.standings = new LatestStandings(pool);
        config.follow(this::show);
    }

    private void show(GatewayConfig config) {
        for (ProviderConfig provider : config.providers()) {
            if (shown.add(provider.name())) {
                show(provider.name());
            }
            for (KeyConfig key : provider.keys()) {
                if (shown.add(provider.name() + "/" + key.index())) {
                    show(provider.name(), key.index());
                }
            }
        }
    }

    /** Keys go by their place in the configuration; a place that a reload takes away counts nothing any more. */
    private void show(String provider, int key) {
        counter("ai.gateway.key.attempts", "Attempts with a key", provider, key, Tally::attempts);
        counter("ai.gateway.key.errors", "Failed attempts with a key", provider, key, Tally::allErrors);
        Gauge.builder("ai.gateway.key.spared", standings, from -> from.secondsSpared(provider, key))
                .description("How long a key is still left alone, for the model where that is longest")
                .baseUnit("seconds")
                .tags("provider", provider, "key", String.valueOf(key))
                .register(registry);
    }

    private void counter(String name, String description, String provider, int key, ToLongFunction<Tally> count) {
        FunctionCounter.builder(
                        name,
                        standings,
                        from -> from.tally(provider, key)
                                .map(count::applyAsLong)
                                .orElse(0L))
                .description(description)
                .tags("provider", provider, "key", String.valueOf(key))
                .register(registry);
    }

    private void show(String provider) {
        attempts(provider, "ok", Tally::served);
        attempts(provider, "refused", Tally::refused);
        for (Cause cause : Cause.values()) {
            attempts(provider, cause.label(), tally -> tally.errors().getOrDefault(cause, 0L));
            counter(
                    "ai.gateway.cooldowns",
                    "Cooldowns that began",
                    provider,
                    "cause",
                    cause.label(),
                    tally -> tally.cooldowns().getOrDefault(cause, 0L));
        }
        counter("ai.gateway.breaker.openings", "How often the provider was given up", provider, Tally::breakerOpenings);
        counter("ai.gateway.retries", "Attempts where the same request had failed before", provider, Tally::retries);
        counter("ai.gateway.failovers", "Attempts of requests that had failed elsewhere", provider, Tally::failOvers);
        gauge("ai.gateway.running", "Attempts that run now", provider, () -> pool.running(provider));
        gauge(
                "ai.gateway.healthy",
                "1 if something of the provider may be asked now",
                provider,
                () -> standings.isHealthy(provider) ? 1 : 0);
        gauge(
                "ai.gateway.breakers.open",
                "Breakers that are not closed, of the provider and its models",
                provider,
                () -> standings.openBreakers(provider));
        gauge("ai.gateway.waiting", "Requests that wait for a place", provider, () -> pool.waiting(provider));
        timing("ai.gateway.first.byte", "Until an answer began", provider, from -> from.firstByte(provider));
        timing("ai.gateway.answers", "Until an answer was complete", provider, from -> from.duration(provider));
    }

    private void attempts(String provider, String outcome, ToLongFunction<Tally> count) {
        counter("ai.gateway.attempts", "Attempts that are over, by outcome", provider, "outcome", outcome, count);
    }

    private void counter(String name, String description, String provider, ToLongFunction<Tally> count) {
        FunctionCounter.builder(name, pool, from -> count.applyAsLong(from.tally(provider)))
                .description(description)
                .tags("provider", provider)
                .register(registry);
    }

    private void counter(
            String name, String description, String provider, String label, String value, ToLongFunction<Tally> count) {
        FunctionCounter.builder(name, pool, from -> count.applyAsLong(from.tally(provider)))
                .description(description)
                .tags("provider", provider, label, value)
                .register(registry);
    }

    private void gauge(String name, String description, String provider, LongSupplier value) {
        Gauge.builder(name, pool, from -> value.getAsLong())
                .description(description)
                .tags("provider", provider)
                .register(registry);
    }

    private interface Source {
        Timing of(ProviderPool pool);
    }

    private void timing(String name, String description, String provider, Source source) {
        FunctionTimer.builder(
                        name,
                        pool,
                        from -> source.of(from).count(),
                        from -> source.of(from).totalMillis(),
                        TimeUnit.MILLISECONDS)
                .description(description)
                .tags("provider", provider)
                .register(registry);
        quantile(name, "0.5", provider, from -> source.of(from).p50());
        quantile(name, "0.9", provider, from -> source.of(from).p90());
        quantile(name, "0.99", provider, from -> source.of(from).p99());
    }

    private void quantile(String name, String share, String provider, ToDoubleFunction<ProviderPool> millis) {
        Gauge.builder(name + ".quantile", pool, from -> millis.applyAsDouble(from) / 1000)
                .description("Of the last minutes")
                .baseUnit("seconds")
                .tags("provider", provider, "quantile", share)
                .register(registry);
    }
}
