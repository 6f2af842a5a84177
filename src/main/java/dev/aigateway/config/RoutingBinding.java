package dev.aigateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what decides who serves a request, and who is spared. */
final class RoutingBinding {
    private final Section root;

    RoutingBinding(Section root) {
        this.root = root;
    }

    RoutingConfig bind() {
        RoutingConfig defaults = RoutingConfig.DEFAULT;
        Section routing = root.group("routing");
        return new RoutingConfig(
                routing.value("strategy", Values::strategy).orElse(defaults.strategy()),
                routing.value("keys", Values::strategy).orElse(defaults.keys()),
                patterns(routing.group("models"), Values::strategy),
                patterns(root.group("model-mapping"), Values::text),
                fallbacks(root.group("fallbacks")),
                routing.value("force-model-prefix", Values::bool).orElse(defaults.forceModelPrefix()),
                routing.value("last-resort", Values::bool).orElse(defaults.lastResort()),
                routing.value("list-provider-models", Values::bool).orElse(defaults.listProviderModels()));
    }

    private static <T> Map<Glob, T> patterns(Section group, Section.Type<T> type) {
        Map<Glob, T> patterns = new LinkedHashMap<>();
        for (String pattern : group.names()) {
            group.value(pattern, type).ifPresent(value -> patterns.put(new Glob(pattern), value));
        }
        return patterns;
    }

    private static Map<String, List<String>> fallbacks(Section group) {
        Map<String, List<String>> fallbacks = new LinkedHashMap<>();
        for (String model : group.names()) {
            fallbacks.put(model, group.texts(model));
        }
        new FallbackCycle(fallbacks)
                .find()
                .ifPresent(cycle -> group.problem("goes in a circle: " + String.join(" -> ", cycle)));
        return fallbacks;
    }

    static CooldownConfig cooldown(Section cooldown) {
        CooldownConfig defaults = CooldownConfig.DEFAULT;
        return new CooldownConfig(
                GatewayBinding.time(cooldown, "rate-limit", defaults.rateLimit()),
                GatewayBinding.time(cooldown, "server-error", defaults.serverError()),
                GatewayBinding.time(cooldown, "network", defaults.network()),
                GatewayBinding.time(cooldown, "refused", defaults.refused()),
                GatewayBinding.time(cooldown, "not-found", defaults.notFound()),
                GatewayBinding.time(cooldown, "longest", defaults.longest()));
    }

    static BreakerConfig breaker(Section breaker) {
        BreakerConfig defaults = BreakerConfig.DEFAULT;
        return new BreakerConfig(
                breaker.value("failures", Values.integer(0, 1000)).orElse(defaults.failures()),
                GatewayBinding.positiveTime(breaker, "duration", defaults.duration()),
                GatewayBinding.time(breaker, "probe-interval", defaults.probeInterval()));
    }

    static QueueConfig queue(Section queue) {
        QueueConfig defaults = QueueConfig.DEFAULT;
        return new QueueConfig(
                queue.value("size", Values.integer(0, 100_000)).orElse(defaults.size()),
                GatewayBinding.time(queue, "timeout", defaults.timeout()));
    }

    static HealthCheckConfig healthCheck(Section check) {
        HealthCheckConfig defaults = HealthCheckConfig.DEFAULT;
        return new HealthCheckConfig(
                GatewayBinding.time(check, "interval", defaults.interval()),
                GatewayBinding.positiveTime(check, "timeout", defaults.timeout()));
    }
}
