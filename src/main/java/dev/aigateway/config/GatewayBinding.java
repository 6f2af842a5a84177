package dev.aigateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the keys below {@code ai-proxy}. This code is the schema: a key that is not read here is unknown. */
final class GatewayBinding {
    private final Section root;
    private final Optional<GatewayConfig> running;
    private final LinkBinding links;

    /** @param running what a reload finds in force: where it listens stays as it is */
    GatewayBinding(Section root, ProxyUrl proxies, Optional<GatewayConfig> running) {
        this.root = root;
        this.running = running;
        this.links = LinkBinding.ofRoot(root, proxies);
    }

    /** To be used only when nothing was found wrong. */
    GatewayConfig bind() {
        Optional<Section.Found<String>> host = host(root);
        List<Secret> accessKeys = accessKeys();
        boolean allowAnonymous = root.value("allow-anonymous", Values::bool).orElse(false);
        RoutingBinding routing = new RoutingBinding(root);
        int port = port(root).orElse(GatewayConfig.DEFAULT_PORT);
        List<ProviderConfig> providers = providers();
        host.ifPresent(found -> checkReachable(found, accessKeys, allowAnonymous));
        running.ifPresent(now -> checkStillClosed(now, host, accessKeys, allowAnonymous));
        return new GatewayConfig(
                running.map(GatewayConfig::host)
                        .orElseGet(() -> host.map(Section.Found::value).orElse(GatewayConfig.DEFAULT_HOST)),
                running.map(GatewayConfig::port).orElse(port),
                accessKeys,
                allowAnonymous,
                root.value("default-model", Values::text),
                defaultMaxTokens(),
                providers,
                limits(root.group("limits")),
                retry(root.group("retry")),
                streaming(root.group("streaming")),
                root.value("strict-translation", Values::bool).orElse(false),
                responsesStore(root.group("responses-store")),
                routing.bind(),
                RoutingBinding.cooldown(root.group("cooldown")),
                RoutingBinding.breaker(root.group("breaker")),
                RoutingBinding.queue(root.group("queue")),
                RoutingBinding.healthCheck(root.group("health-check")),
                new PayloadBinding(root.group("payload")).bind(),
                ServerBinding.bind(root, running.map(GatewayConfig::server)),
                new NetworkBinding(root, links).bind(providers),
                AdminBinding.bind(root.group("admin"), accessKeys),
                AdminBinding.cors(root.group("cors")),
                LogBinding.bind(root));
    }

    static Optional<Section.Found<String>> host(Section root) {
        return root.found("host", HostName::parse);
    }

    /** 0 lets the system choose. */
    static Optional<Integer> port(Section root) {
        return root.value("port", Values.integer(0, 65_535));
    }

    private List<Secret> accessKeys() {
        return root.values("access-keys", Values::secret);
    }

    /** Otherwise anybody nearby could spend the operator's money. */
    private void checkReachable(Section.Found<String> host, List<Secret> accessKeys, boolean allowAnonymous) {
        if (accessKeys.isEmpty() && !allowAnonymous && !HostName.isLoopback(host.value())) {
            root.problem(
                    host,
                    "host",
                    "can be reached from other machines, but there are no access keys; set access-keys,"
                            + " or allow-anonymous: true to serve everybody, or host: 127.0.0.1");
        }
    }

    /** The address of the file counts only after a restart. */
    private void checkStillClosed(
            GatewayConfig now, Optional<Section.Found<String>> host, List<Secret> accessKeys, boolean allowAnonymous) {
        boolean told = host.filter(found -> !HostName.isLoopback(found.value())).isPresent();
        if (accessKeys.isEmpty() && !allowAnonymous && !told && !HostName.isLoopback(now.host())) {
            root.problem("has no access keys any more, but the gateway listens on " + now.host()
                    + " until it is restarted, where other machines can reach it");
        }
    }

    private OptionalInt defaultMaxTokens() {
        return root.value("default-max-tokens", Values.integer(1, 100_000_000))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private List<ProviderConfig> providers() {
        List<ProviderConfig> providers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section.Member member : root.members("providers")) {
            new ProviderBinding(member, links).bind().ifPresent(provider -> {
                providers.add(provider);
                if (!names.add(provider.name())) {
                    member.section()
                            .problem("has the name '" + provider.name()
                                    + "', which another provider has; give it a name of its own");
                }
            });
        }
        return providers.isEmpty() ? List.of(ProviderConfig.DEMO) : providers;
    }

    private static LimitsConfig limits(Section limits) {
        LimitsConfig defaults = LimitsConfig.DEFAULT;
        return new LimitsConfig(
                limits.value("max-body-size", Values::size).orElse(defaults.maxBodyBytes()),
                limits.value("max-answer-size", Values::size).orElse(defaults.maxAnswerBytes()),
                limits.value("max-event-size", Values::size)
                        .map(Math::toIntExact)
                        .orElse(defaults.maxEventBytes()));
    }

    private static RetryConfig retry(Section retry) {
        RetryConfig defaults = RetryConfig.DEFAULT;
        return new RetryConfig(
                retry.value("max-retries", Values.integer(0, 100)).orElse(defaults.maxRetries()),
                time(retry, "base-delay", defaults.baseDelay()),
                time(retry, "max-delay", defaults.maxDelay()),
                time(retry, "deadline", defaults.deadline()),
                retry.value("budget", Values.integer(0, 1000)).orElse(defaults.budgetPercent()),
                retry.value("max-attempts", Values.integer(0, 1000)).orElse(defaults.maxAttempts()),
                retry.value("jitter", Values::jitter).orElse(defaults.jitter()),
                Set.copyOf(retry.values("statuses", Values.integer(400, 599))));
    }

    private static StreamConfig streaming(Section streaming) {
        StreamConfig defaults = StreamConfig.DEFAULT;
        return new StreamConfig(
                time(streaming, "keepalive", defaults.keepalive()),
                positiveTime(streaming, "connect-timeout", defaults.connectTimeout()),
                positiveTime(streaming, "first-byte-timeout", defaults.firstByteTimeout()),
                positiveTime(streaming, "idle-timeout", defaults.idleTimeout()));
    }

    private static ResponsesStoreConfig responsesStore(Section store) {
        ResponsesStoreConfig defaults = ResponsesStoreConfig.DEFAULT;
        return new ResponsesStoreConfig(
                store.value("enabled", Values::bool).orElse(defaults.enabled()),
                store.value("max-size", Values::size).orElse(defaults.maxBytes()),
                positiveTime(store, "ttl", defaults.ttl()));
    }

    static Duration time(Section section, String key, Duration byDefault) {
        return section.value(key, Values::duration).orElse(byDefault);
    }

    static Duration positiveTime(Section section, String key, Duration byDefault) {
        return section.value(key, Values::positiveDuration).orElse(byDefault);
    }
}
