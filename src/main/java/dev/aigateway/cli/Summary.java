package dev.aigateway.cli;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.LoadedConfig;
import dev.aigateway.config.ModelConfig;
import dev.aigateway.config.ProviderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a configuration says, for people; never holds a secret. */
final class Summary {
    private static final int MOST_MODELS = 5;

    /** With one of them that is this machine's own. */
    private static final Map<String, String> ALL_ADDRESSES = Map.of("0.0.0.0", "127.0.0.1", "::", "::1");

    private Summary() {}

    /** For {@code check}. */
    static List<String> of(LoadedConfig loaded) {
        GatewayConfig config = loaded.config();
        List<String> lines = new ArrayList<>();
        lines.add("The configuration is good.");
        lines.add("  file       " + loaded.file().map(Object::toString).orElse("none"));
        lines.add("  address    " + bound(config, config.port()));
        lines.add("  access     "
                + (config.isOpen()
                        ? "open, no access keys"
                        : config.accessKeys().size() + " access key(s)"));
        lines.addAll(providers(config));
        return lines;
    }

    /** For the start. */
    static List<String> started(GatewayConfig config, int port) {
        List<String> lines = new ArrayList<>();
        lines.add("ai-gateway serves " + bound(config, port) + (config.isOpen() ? " without access keys" : ""));
        lines.addAll(providers(config));
        if (config.isDemo()) {
            lines.add("  DEMO: no real provider is configured, answers are canned. Try: " + curl(config, port));
        }
        return lines;
    }

    private static List<String> providers(GatewayConfig config) {
        return config.providers().stream().map(Summary::provider).toList();
    }

    private static String provider(ProviderConfig provider) {
        return "  provider   %s (%s) %s, %d key(s), models: %s%s"
                .formatted(
                        provider.name(),
                        provider.type().label(),
                        provider.baseUrl(),
                        provider.keys().size(),
                        models(provider.models().listed()),
                        provider.disabled() ? ", disabled" : "");
    }

    private static String models(List<ModelConfig> models) {
        String names = models.stream().limit(MOST_MODELS).map(ModelConfig::name).collect(Collectors.joining(", "));
        int more = models.size() - MOST_MODELS;
        return models.isEmpty() ? "any" : names + (more > 0 ? " and " + more + " more" : "");
    }

    private static String curl(GatewayConfig config, int port) {
        String key = config.isOpen() ? "" : " -H 'authorization: Bearer YOUR-ACCESS-KEY'";
        return "curl " + reachable(config, port) + "/v1/chat/completions" + key + " -H 'content-type: application/json'"
                + " -d '{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'";
    }

    /** Where others reach it too must show. */
    private static String bound(GatewayConfig config, int port) {
        boolean everywhere = ALL_ADDRESSES.containsKey(config.host());
        return address(config, config.host(), port) + (everywhere ? " (all addresses)" : "");
    }

    /** One that can be pasted: all addresses are reached on this machine too. */
    private static String reachable(GatewayConfig config, int port) {
        return address(config, ALL_ADDRESSES.getOrDefault(config.host(), config.host()), port);
    }

    private static String address(GatewayConfig config, String host, int port) {
        String scheme = config.server().tls().isPresent() ? "https://" : "http://";
        return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
