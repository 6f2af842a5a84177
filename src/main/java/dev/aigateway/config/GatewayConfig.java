package dev.aigateway.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The whole configuration of one gateway: an immutable, validated value, safe to share between threads. A change of
 * configuration is a new value. Built by {@link ConfigLoader}.
 *
 * @param accessKeys keys that clients must present; empty means open
 * @param allowAnonymous whether a host that other machines can reach may be served without access keys
 * @param defaultModel the model for requests that name none
 * @param defaultMaxTokens the answer limit where an upstream needs one and the client gave none; empty means the model's
 *     own ceiling
 * @param providers at least one; the built-in demo provider when none is configured
 * @param strictTranslation whether a request is refused when part of it cannot be said in the upstream's dialect
 * @param responsesStore what is remembered of Responses conversations
 * @param routing what a model's name means, and who serves it in what order
 * @param cooldown for how long a key is spared after a failure
 * @param breaker when a provider is given up for a while
 * @param queue who waits when everybody is busy
 * @param healthCheck whether providers are asked if they are there
 * @param payload what is changed in the bodies of requests to providers
 * @param server how the process itself behaves
 * @param network what goes through as it is
 * @param admin who may see and change how it runs
 * @param cors which web pages may use it
 * @param log what is logged, and where
 */
public record GatewayConfig(
        String host,
        int port,
        List<Secret> accessKeys,
        boolean allowAnonymous,
        Optional<String> defaultModel,
        OptionalInt defaultMaxTokens,
        List<ProviderConfig> providers,
        LimitsConfig limits,
        RetryConfig retry,
        StreamConfig streaming,
        boolean strictTranslation,
        ResponsesStoreConfig responsesStore,
        RoutingConfig routing,
        CooldownConfig cooldown,
        BreakerConfig breaker,
        QueueConfig queue,
        HealthCheckConfig healthCheck,
        PayloadConfig payload,
        ServerConfig server,
        NetworkConfig network,
        AdminConfig admin,
        CorsConfig cors,
        LogConfig log) {

    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8317;

    public GatewayConfig {
        accessKeys = List.copyOf(accessKeys);
        providers = List.copyOf(providers);
    }

    /** Whether nothing but canned answers is served. */
    public boolean isDemo() {
        return providers.stream().allMatch(provider -> provider.type() == ProviderType.DEMO);
    }

    /** Whether every client is served, with or without a key. */
    public boolean isOpen() {
        return accessKeys.isEmpty();
    }

    /** Whether only programs on this machine reach it. */
    public boolean isLocal() {
        return HostName.isLoopback(host);
    }

    /** All keys that are meant for the gateway itself, and for no upstream. */
    public List<Secret> ownKeys() {
        return admin.isClosed()
                ? accessKeys
                : Stream.concat(accessKeys.stream(), admin.keys().stream()).toList();
    }
}
