package dev.aigateway.config;

import dev.aigateway.conversation.Dialect;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One upstream with its keys and models.
 *
 * @param baseUrl without a trailing slash; use {@link #endpoint} to build on it
 * @param keys may be empty for local servers
 * @param models what it serves
 * @param share how much of the traffic it gets
 * @param link how it is reached
 * @param wire how it is spoken to, where its type leaves a choice
 * @param serves what it offers beside conversations
 * @param disabled whether nothing is sent to it
 * @param tuning how requests to it are changed
 * @param lacksKeys whether it is disabled for want of a key: keys are meant for it, and none of them can be used
 */
public record ProviderConfig(
        String name,
        ProviderType type,
        URI baseUrl,
        List<KeyConfig> keys,
        ModelsConfig models,
        ShareConfig share,
        LinkConfig link,
        WireConfig wire,
        Set<Service> serves,
        boolean disabled,
        TuningConfig tuning,
        boolean lacksKeys) {

    static final ProviderConfig DEMO = new ProviderConfig(
            "demo",
            ProviderType.DEMO,
            ProviderType.DEMO.defaultBaseUrl(),
            List.of(),
            ModelsConfig.of(ModelConfig.of("demo")),
            ShareConfig.DEFAULT,
            LinkConfig.DEFAULT,
            WireConfig.DEFAULT,
            Set.of(),
            false,
            TuningConfig.DEFAULT,
            false);

    public ProviderConfig {
        keys = List.copyOf(keys);
        serves = Set.copyOf(serves);
    }

    ProviderConfig withKeys(List<KeyConfig> given) {
        return new ProviderConfig(
                name, type, baseUrl, given, models, share, link, wire, serves, disabled, tuning, lacksKeys);
    }

    /** Without a key that is meant for it nothing must go there, since it would go there unauthenticated. */
    ProviderConfig lackingKeys() {
        return new ProviderConfig(
                name, type, baseUrl, List.of(), models, share, link, wire, serves, true, tuning, true);
    }

    ProviderConfig withShare(ShareConfig given) {
        return new ProviderConfig(
                name, type, baseUrl, keys, models, given, link, wire, serves, disabled, tuning, lacksKeys);
    }

    /** The key at a place of the configuration's list; empty also when that entry is left out. */
    public Optional<KeyConfig> key(int index) {
        return keys.stream().filter(key -> key.index() == index).findFirst();
    }

    /**
     * The dialect in which a request of a client is put to this provider.
     *
     * @param client the client's own dialect
     * @param model the provider's id of the model
     */
    public Dialect dialectFor(Dialect client, String model) {
        if (client == Dialect.RESPONSES && wire.passesResponses(model)) {
            return Dialect.RESPONSES;
        }
        // No upstream speaks legacy Completions; Chat is its nearest relative.
        Dialect own = client == Dialect.COMPLETIONS ? Dialect.CHAT : client;
        return wire.dialect().or(type::dialect).orElse(own);
    }

    /** Whether it takes requests for a service; who speaks Responses compacts conversations without saying so. */
    public boolean offers(Service service) {
        boolean speaksResponses = wire.dialect()
                .or(type::dialect)
                .filter(Dialect.RESPONSES::equals)
                .isPresent();
        return serves.contains(service) || (service == Service.COMPACTION && speaksResponses);
    }

    /**
     * Where a call goes.
     *
     * @param path with its version segment, such as {@code v1/chat/completions}; the version of the base URL, if it has
     *     one, takes its place
     */
    public URI endpoint(String path) {
        return BaseUrl.join(baseUrl, path);
    }
}
