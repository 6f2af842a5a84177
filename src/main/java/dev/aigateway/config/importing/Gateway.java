package dev.aigateway.config.importing;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The gateways whose configurations are known, and the keys by which each is recognised (behaviour reference, D-03). */
enum Gateway {
    XLING("xling proxy", names -> new XlingConverter(names.ownHeader())) {
        @Override
        boolean recognises(Foreign.Group root) {
            boolean marked = hasAny(root, Set.of("defaultModel", "proxy", "prompt", "shortcuts", "retryPolicy"));
            return entriesHaveAny(root, "providers", Set.of("baseUrl", "apiKey", "apiKeys"))
                    || (marked && (hasAny(root, Set.of("providers")) || belowHasAny(root, "proxy", "prompt")));
        }
    },
    AI_PROXY("ai-proxy (Rust)", names -> new AiProxyConverter(names.ownHeader())) {
        @Override
        boolean recognises(Foreign.Group root) {
            return hasAny(
                    root,
                    Set.of(
                            "claude-api-key",
                            "openai-api-key",
                            "gemini-api-key",
                            "openai-compatibility",
                            "request-retry",
                            "max-retry-interval",
                            "body-limit-mb",
                            "logging-to-file",
                            "claude-header-defaults",
                            "non-stream-keepalive-secs",
                            "passthrough-headers"));
        }
    },
    AIPROXY("aiproxy (Go)", names -> new AiproxyGoConverter(names.ownHeader())) {
        @Override
        boolean recognises(Foreign.Group root) {
            return hasAny(root, Set.of("upstreams"));
        }
    },
    LLM_API_PROXY("llm-api-proxy", names -> new LlmApiProxyConverter(names.endpoint())) {
        @Override
        boolean recognises(Foreign.Group root) {
            boolean endpoints = root.keys().get("endpoints") instanceof Foreign.Group;
            boolean server = root.keys().get("server") instanceof Foreign.Group;
            return (server && endpoints)
                    || entriesHaveAny(root, "endpoints", Set.of("target_base", "proxy_url"))
                    || (root.keys().get("server") instanceof Foreign.Group group
                            && hasAny(group, Set.of("target_base")));
        }
    },
    PROXX("proxx", names -> new ProxxConverter()) {
        @Override
        boolean recognises(Foreign.Group root) {
            return hasAny(root, Set.of("upstream_url"));
        }
    };

    private final String label;
    private final Function<OurNames, Converter> converter;

    Gateway(String label, Function<OurNames, Converter> converter) {
        this.label = label;
        this.converter = converter;
    }

    /** Writes a configuration in our schema; reads every key that it knows. */
    interface Converter {
        Block convert(Cursor root);
    }

    abstract boolean recognises(Foreign.Group root);

    /** What people call it. */
    String label() {
        return label;
    }

    Converter converter(OurNames names) {
        return converter.apply(names);
    }

    /** All whose keys are there. */
    static List<Gateway> of(Foreign.Group root) {
        return Arrays.stream(values())
                .filter(gateway -> gateway.recognises(root))
                .toList();
    }

    private static boolean hasAny(Foreign.Group group, Set<String> keys) {
        return keys.stream().anyMatch(group.keys()::containsKey);
    }

    private static boolean belowHasAny(Foreign.Group root, String... parents) {
        return Arrays.stream(parents)
                .map(root.keys()::get)
                .anyMatch(node -> node instanceof Foreign.Group group && hasAny(group, Set.of("providers")));
    }

    private static boolean entriesHaveAny(Foreign.Group root, String list, Set<String> keys) {
        return switch (root.keys().get(list)) {
            case Foreign.Items items -> items.items().stream().anyMatch(item -> isGroupWith(item, keys));
            case Foreign.Group group -> group.keys().values().stream().anyMatch(item -> isGroupWith(item, keys));
            case null, default -> false;
        };
    }

    private static boolean isGroupWith(Foreign node, Set<String> keys) {
        return node instanceof Foreign.Group group && hasAny(group, keys);
    }
}
