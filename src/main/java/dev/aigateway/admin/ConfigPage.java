package dev.aigateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.ProviderType;
import dev.aigateway.config.RoutingConfig;
import dev.aigateway.config.StreamConfig;
import dev.aigateway.config.TlsConfig;
import java.time.Duration;
import java.util.Map;

/**
 * The configuration in force without its secrets. What is shown is named here one by one: counts and names of keys,
 * names of headers; of payload rules and words to be disguised how many there are. The top level has the names that
 * operators of another gateway know (behaviour reference, 2.10).
 */
final class ConfigPage {
    private final GatewayConfig config;

    ConfigPage(GatewayConfig config) {
        this.config = config;
    }

    ObjectNode write() {
        ObjectNode page = Answers.object().put("host", config.host()).put("port", config.port());
        ObjectNode tls =
                page.putObject("tls").put("enable", config.server().tls().isPresent());
        config.server().tls().map(TlsConfig::clientAuth).ifPresent(auth -> tls.put("client-auth", auth.name()));
        page.put("api_keys_count", config.accessKeys().size())
                .put("admin_keys_count", config.admin().keys().size())
                .put("admin_allow_remote", config.admin().allowRemote())
                .put("allow_anonymous", config.allowAnonymous());
        config.defaultModel().ifPresent(model -> page.put("default_model", model));
        config.defaultMaxTokens().ifPresent(limit -> page.put("default_max_tokens", limit));
        page.set("routing", routing(config.routing()));
        limits(page);
        patience(page);
        page.put("strict_translation", config.strictTranslation())
                .put("request_log", config.log().requests())
                .put("payload_rules_count", config.payload().rules().size());
        ArrayNode origins = page.putObject("cors").putArray("origins");
        config.cors().origins().forEach(origins::add);
        counts(page);
        ArrayNode providers = page.putArray("providers");
        config.providers().forEach(provider -> providers.add(new ProviderPage(provider).write()));
        ObjectNode endpoints = page.putObject("endpoints");
        config.network()
                .endpoints()
                .forEach((name, endpoint) -> endpoints.put(name, ProviderPage.address(endpoint.targetBase())));
        return page;
    }

    private static ObjectNode routing(RoutingConfig routing) {
        ObjectNode node = Answers.object()
                .put("strategy", routing.strategy().label())
                .put("keys", routing.keys().label());
        ObjectNode models = node.putObject("models");
        routing.models().forEach((glob, strategy) -> models.put(glob.pattern(), strategy.label()));
        ObjectNode mapping = node.putObject("model-mapping");
        routing.modelMapping().forEach((glob, model) -> mapping.put(glob.pattern(), model));
        ObjectNode fallbacks = node.putObject("fallbacks");
        routing.fallbacks().forEach((model, others) -> {
            ArrayNode list = fallbacks.putArray(model);
            others.forEach(list::add);
        });
        return node.put("force-model-prefix", routing.forceModelPrefix())
                .put("last-resort", routing.lastResort())
                .put("list-provider-models", routing.listProviderModels());
    }

    private void limits(ObjectNode page) {
        page.put("body_limit_mb", config.limits().maxBodyBytes() / (1024.0 * 1024.0));
        page.putObject("limits")
                .put("max-body-size", config.limits().maxBodyBytes())
                .put("max-answer-size", config.limits().maxAnswerBytes())
                .put("max-event-size", config.limits().maxEventBytes());
        page.putObject("responses_store")
                .put("enabled", config.responsesStore().enabled())
                .put("max-size", config.responsesStore().maxBytes())
                .put("ttl-seconds", seconds(config.responsesStore().ttl()));
    }

    private void patience(ObjectNode page) {
        page.putObject("retry")
                .put("max-retries", config.retry().maxRetries())
                .put("base-delay-seconds", seconds(config.retry().baseDelay()))
                .put("max-delay-seconds", seconds(config.retry().maxDelay()))
                .put("deadline-seconds", seconds(config.retry().deadline()))
                .put("budget", config.retry().budgetPercent());
        StreamConfig streaming = config.streaming();
        page.putObject("streaming")
                .put("keepalive-seconds", seconds(streaming.keepalive()))
                .put("idle-timeout-seconds", seconds(streaming.idleTimeout()));
        page.put("connect_timeout", seconds(streaming.connectTimeout()))
                .put("request_timeout", seconds(streaming.firstByteTimeout()));
        page.putObject("cooldown")
                .put("rate-limit-seconds", seconds(config.cooldown().rateLimit()))
                .put("server-error-seconds", seconds(config.cooldown().serverError()))
                .put("network-seconds", seconds(config.cooldown().network()))
                .put("refused-seconds", seconds(config.cooldown().refused()))
                .put("not-found-seconds", seconds(config.cooldown().notFound()))
                .put("longest-seconds", seconds(config.cooldown().longest()));
        page.putObject("breaker")
                .put("failures", config.breaker().failures())
                .put("duration-seconds", seconds(config.breaker().duration()))
                .put("probe-interval-seconds", seconds(config.breaker().probeInterval()));
        page.putObject("queue")
                .put("size", config.queue().size())
                .put("timeout-seconds", seconds(config.queue().timeout()));
    }

    /** What another gateway counts apart: providers of our types are of its four kinds. */
    private void counts(ObjectNode page) {
        Map<String, ProviderType> kinds = Map.of(
                "claude_keys_count", ProviderType.ANTHROPIC,
                "openai_keys_count", ProviderType.RESPONSES,
                "gemini_keys_count", ProviderType.GEMINI,
                "compat_keys_count", ProviderType.OPENAI);
        kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(kind -> page.put(kind.getKey(), keys(kind.getValue())));
    }

    private int keys(ProviderType type) {
        return config.providers().stream()
                .filter(provider -> provider.type() == type)
                .map(ProviderConfig::keys)
                .mapToInt(keys -> keys.size())
                .sum();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
