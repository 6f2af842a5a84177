package dev.aigateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ModelsConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.ProxyConfig;
import dev.aigateway.config.ShareConfig;
import java.net.URI;
import java.util.Collection;

/** One provider as it is configured, without its secrets. */
final class ProviderPage {
    private final ProviderConfig provider;

    ProviderPage(ProviderConfig provider) {
        this.provider = provider;
    }

    ObjectNode write() {
        ObjectNode page = Answers.object()
                .put("name", provider.name())
                .put("type", provider.type().label())
                .put("base_url", address(provider.baseUrl()))
                .put("disabled", provider.disabled())
                .put("keys_count", provider.keys().size());
        ArrayNode keys = page.putArray("keys");
        provider.keys().forEach(key -> keys.add(key(key)));
        models(page);
        share(page);
        texts(page, "headers", provider.link().headers().keySet());
        page.put("proxy", proxy(provider.link().proxy()))
                .put("callers_key", provider.link().callersKey())
                .put("must_stream", provider.wire().mustStream());
        provider.wire().dialect().ifPresent(dialect -> page.put("wire_api", dialect.label()));
        texts(
                page,
                "serves",
                provider.serves().stream()
                        .map(service -> service.label())
                        .sorted()
                        .toList());
        provider.tuning()
                .cloak()
                .ifPresent(cloak -> page.put("cloak", cloak.preset().name()));
        return page;
    }

    private static ObjectNode key(KeyConfig key) {
        ObjectNode node = Answers.object().put("index", key.index());
        key.name().ifPresent(name -> node.put("name", name));
        return node.put("disabled", key.disabled());
    }

    private void models(ObjectNode page) {
        ModelsConfig models = provider.models();
        ArrayNode listed = page.putArray("models");
        models.listed().forEach(model -> {
            ObjectNode node = listed.addObject().put("id", model.id());
            model.alias().ifPresent(alias -> node.put("alias", alias));
        });
        texts(
                page,
                "excluded_models",
                models.excluded().stream().map(glob -> glob.pattern()).toList());
        ObjectNode mapping = page.putObject("model_mapping");
        models.mapping().forEach(mapping::put);
        models.prefix().ifPresent(prefix -> page.put("prefix", prefix));
    }

    private void share(ObjectNode page) {
        ShareConfig share = provider.share();
        page.put("weight", share.weight());
        if (share.priority() != ShareConfig.NO_PRIORITY) {
            page.put("priority", share.priority());
        }
        page.put("max_concurrent", share.maxConcurrent()).put("max_concurrent_per_key", share.maxConcurrentPerKey());
    }

    /** Neither user nor password. */
    private static String proxy(ProxyConfig proxy) {
        return switch (proxy) {
            case ProxyConfig.Direct direct -> "direct";
            case ProxyConfig.ByTarget byTarget -> "env";
            case ProxyConfig.Server server -> server.host() + ":" + server.port();
        };
    }

    /** Without what else may stand in a URL. */
    static String address(URI uri) {
        if (uri.getHost() == null) {
            return uri.getScheme();
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }

    private static void texts(ObjectNode page, String name, Collection<String> texts) {
        ArrayNode list = page.putArray(name);
        texts.forEach(list::add);
    }
}
