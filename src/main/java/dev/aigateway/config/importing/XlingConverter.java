package dev.aigateway.config.importing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Converts the file of {@code xling proxy} (behaviour reference, sections 1.1, 1.2, 1.7 and 1.10). */
final class XlingConverter implements Gateway.Converter {
    private static final long LONGEST = 86_400_000;
    private static final List<String> STRATEGIES = List.of("failover", "round-robin", "random", "weighted");
    private static final String NOT_FOR_THE_PROXY = "not for the proxy, but for other commands";

    private final Predicate<String> ownHeader;

    XlingConverter(Predicate<String> ownHeader) {
        this.ownHeader = ownHeader;
    }

    @Override
    public Block convert(Cursor root) {
        Block out = new Block();
        Cursor proxy = root.group("proxy");
        String strategy = proxy.word("loadBalance", STRATEGIES).orElse("failover");
        XlingProviders providers = new XlingProviders(ownHeader, strategy, proxy.texts("passthroughResponsesAPI"));
        List<Cursor> entries = entries(root, proxy, out);
        listen(proxy, out);
        defaultModel(root, proxy, out);
        out.put("routing", routing(proxy, strategy));
        out.put("model-mapping", new XlingMapping(proxy, providers.models(entries)).write());
        rotation(proxy.group("keyRotation"), out);
        out.put("providers", entries.stream().map(providers::write));
        for (String key : List.of("retryPolicy", "loadBalance", "noRetryErrors", "cooldownMs", "shortcuts")) {
            root.was(out, key, NOT_FOR_THE_PROXY);
        }
        proxy.rest(out);
        return out;
    }

    /** The proxy's own providers before those of all commands, before those of the old form of the file. */
    private static List<Cursor> entries(Cursor root, Cursor proxy, Block out) {
        Cursor prompt = root.group("prompt");
        Cursor holder = Stream.of(proxy, root, prompt)
                .filter(group -> group.has("providers"))
                .findFirst()
                .orElse(root);
        List<Cursor> entries = holder.groups("providers");
        if (holder == proxy) {
            root.was(out, "providers", "proxy.providers stood in their place");
        }
        if (holder != prompt) {
            prompt.was(out, "providers", "others stood in their place");
        }
        prompt.names().forEach(key -> {
            if (!key.equals("providers")) {
                prompt.was(out, key, NOT_FOR_THE_PROXY);
            }
        });
        if (entries.isEmpty()) {
            root.problem("providers", "must hold at least one provider");
        }
        return entries;
    }

    private static void listen(Cursor proxy, Block out) {
        proxy.was(out, "enabled", "had no effect; the gateway serves whenever it is started");
        out.put("host", proxy.text("host").orElse("127.0.0.1"));
        out.put("port", proxy.integer("port", 0, 65_535).orElse(4320L));
        proxy.text("accessKey").filter(key -> !key.isEmpty()).ifPresent(key -> out.put("access-keys", List.of(key)));
    }

    private static void defaultModel(Cursor root, Cursor proxy, Block out) {
        Optional<String> model = root.text("defaultModel").filter(name -> !name.isEmpty());
        if (model.isPresent() && proxy.has("modelMapping")) {
            root.was(out, "defaultModel", "stood also for models that nobody lists; here those are not found");
        }
        model.ifPresent(name -> out.put("default-model", name));
    }

    private static Block routing(Cursor proxy, String strategy) {
        Block routing = new Block();
        if (strategy.equals("weighted")) {
            proxy.was(routing, "loadBalance", "the weights were chances; here they are shares, without chance");
        }
        return routing.put("strategy", strategy)
                .note("One key is used until it must be spared, then the next.")
                .put("keys", "fill-first");
    }

    private static void rotation(Cursor rotation, Block out) {
        boolean enabled = rotation.bool("enabled").orElse(true);
        Optional<Long> milliseconds = rotation.integer("cooldownMs", 1, LONGEST);
        if (!enabled) {
            out.note("As proxy.keyRotation.enabled: false: each request is tried once.")
                    .put("retry", new Block().put("max-retries", 0).put("max-attempts", 1));
        }
        if (!rotation.bool("onError").orElse(true)) {
            rotation.lost(out, "onError", "after an error the next key or provider is tried all the same");
        }
        String time = Units.milliseconds(milliseconds.orElse(60_000L));
        out.put(
                "cooldown",
                new Block()
                        .note("As proxy.keyRotation.cooldownMs, or its default: after 429, and after 401, 402 and 403.")
                        .put("rate-limit", time)
                        .put("refused", time));
        rotation.rest(out);
    }

    /** Other names for models: what a provider lists was never mapped by a pattern. */
    private record XlingMapping(Cursor proxy, List<String> listed) {
        Block write() {
            Block mapping = new Block();
            Map<String, String> names = proxy.map("modelMapping");
            names.forEach(mapping::put);
            List<String> kept = listed.stream()
                    .filter(model -> !names.containsKey(model))
                    .filter(model -> names.keySet().stream().anyMatch(key -> covers(key, model)))
                    .distinct()
                    .toList();
            if (!kept.isEmpty()) {
                mapping.note("What a provider lists was kept from the patterns above.");
                kept.forEach(model -> mapping.put(model, model));
            }
            return mapping;
        }

        private static boolean covers(String key, String model) {
            return key.endsWith("*") && model.startsWith(key.substring(0, key.length() - 1));
        }
    }
}
