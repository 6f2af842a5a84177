package dev.aigateway.observe;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ModelConfig;
import dev.aigateway.config.ModelsConfig;
import dev.aigateway.config.ProviderConfig;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Finished requests and their tokens since the start, in the buckets that operators of other gateways know (behaviour
 * reference, 2.10). A client's request is one, however many attempts it took. Models that no configuration names are
 * counted together: clients could make up any number. Safe for concurrent use.
 */
@Singleton
public class Totals {
    private static final String OTHER = "(other)";
    private static final String NOBODY = "(none)";
    private static final String OK = "ok";
    private static final String CANCELLED = "cancelled";

    /** Lower bounds in milliseconds, and what the buckets are called. */
    private static final Map<Long, String> BUCKETS = buckets();

    private final LongAdder input = new LongAdder();
    private final LongAdder output = new LongAdder();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> latencies = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> models = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> providers = new ConcurrentHashMap<>();
    private volatile Set<String> configured = Set.of();

    /**
     * The counts at one moment.
     *
     * @param errors finished requests that were not served, but for those that the client left
     * @param latencyMillis by bucket, shortest first
     */
    public record Counts(
            long requests,
            long errors,
            long inputTokens,
            long outputTokens,
            Map<String, Long> outcomes,
            Map<String, Long> latencyMillis,
            Map<String, Long> models,
            Map<String, Long> providers) {}

    public Totals(CurrentConfig config) {
        config.follow(next -> configured = names(next));
    }

    private static Map<Long, String> buckets() {
        Map<Long, String> buckets = new LinkedHashMap<>();
        buckets.put(0L, "<100");
        buckets.put(100L, "100-499");
        buckets.put(500L, "500-999");
        buckets.put(1000L, "1000-4999");
        buckets.put(5000L, "5000-29999");
        buckets.put(30_000L, ">=30000");
        return buckets;
    }

    private static Set<String> names(GatewayConfig config) {
        Set<String> names = new HashSet<>();
        for (ProviderConfig provider : config.providers()) {
            views(provider).forEach(models -> {
                models.listed().stream().map(ModelConfig::id).forEach(names::add);
                names.addAll(models.mapping().values());
            });
        }
        addRouted(config, names);
        return names;
    }

    /** Such a name may say whom it means, of which the provider hears nothing. */
    private static void addRouted(GatewayConfig config, Set<String> names) {
        Set<String> routed = new HashSet<>(config.routing().modelMapping().values());
        config.routing().fallbacks().forEach((model, others) -> {
            routed.add(model);
            routed.addAll(others);
        });
        config.defaultModel().ifPresent(routed::add);
        names.addAll(routed);
        config.providers().stream()
                .flatMap(Totals::beginnings)
                .distinct()
                .forEach(beginning -> routed.stream()
                        .filter(name -> name.startsWith(beginning))
                        .forEach(name -> names.add(name.substring(beginning.length()))));
    }

    private static Stream<String> beginnings(ProviderConfig provider) {
        return Stream.concat(
                Stream.of(provider.name() + ",", provider.name() + "/"),
                views(provider).flatMap(models -> models.prefix().stream()));
    }

    private static Stream<ModelsConfig> views(ProviderConfig provider) {
        return Stream.concat(
                Stream.of(provider.models()),
                provider.keys().stream().map(key -> key.settings().models()));
    }

    void count(RequestLine line) {
        input.add(line.usage().input().orElse(0));
        output.add(line.usage().output().orElse(0));
        add(outcomes, line.outcome());
        add(latencies, bucket(line.millis()));
        String target = line.target().orElse(NOBODY);
        int slash = target.indexOf('/');
        add(providers, slash < 0 ? target : target.substring(0, slash));
        String model = slash < 0 ? target : target.substring(slash + 1);
        add(models, slash < 0 || configured.contains(model) ? model : OTHER);
    }

    private static void add(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, absent -> new LongAdder()).increment();
    }

    private static String bucket(long millis) {
        String found = "";
        for (Map.Entry<Long, String> bucket : BUCKETS.entrySet()) {
            if (millis >= bucket.getKey()) {
                found = bucket.getValue();
            }
        }
        return found;
    }

    public Counts counts() {
        Map<String, Long> ended = sums(outcomes);
        long requests = sum(ended.values());
        long fine = ended.getOrDefault(OK, 0L) + ended.getOrDefault(CANCELLED, 0L);
        Map<String, Long> seen = sums(latencies);
        Map<String, Long> byLatency = new LinkedHashMap<>();
        BUCKETS.values().forEach(name -> byLatency.put(name, seen.getOrDefault(name, 0L)));
        return new Counts(
                requests, requests - fine, input.sum(), output.sum(), ended, byLatency, sums(models), sums(providers));
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
