package dev.aigateway.config;

import dev.aigateway.conversation.Dialect;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One upstream with its keys and models.
 *
 * @param baseUrl without a trailing slash; use {@link #endpoint} to build on it
 * @param apiKeys may be empty for local servers
 * @param models empty means that any model may be asked of it
 * @param weight its share among providers of the same model, from 1
 * @param headers sent with each request; their values may be secret
 * @param wire how it is spoken to, where its type leaves a choice
 * @param serves what it offers beside conversations
 * @param caCertificate a PEM file that is trusted for this upstream instead of the usual authorities
 */
public record ProviderConfig(
        String name,
        ProviderType type,
        URI baseUrl,
        List<Secret> apiKeys,
        List<ModelConfig> models,
        int weight,
        Map<String, String> headers,
        Optional<Path> caCertificate,
        WireConfig wire,
        Set<Service> serves,
        boolean disabled) {

    static final ProviderConfig DEMO = new ProviderConfig(
            "demo",
            ProviderType.DEMO,
            ProviderType.DEMO.defaultBaseUrl(),
            List.of(),
            List.of(ModelConfig.of("demo")),
            1,
            Map.of(),
            Optional.empty(),
            WireConfig.DEFAULT,
            Set.of(),
            false);

    public ProviderConfig {
        apiKeys = List.copyOf(apiKeys);
        models = List.copyOf(models);
        serves = Set.copyOf(serves);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
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

    /**
     * Where a call goes.
     *
     * @param path with its version segment, such as {@code v1/chat/completions}; the version of the base URL, if it has
     *     one, takes its place
     */
    public URI endpoint(String path) {
        return BaseUrl.join(baseUrl, path);
    }

    /** Header values and keys are left out: they may be secret. */
    @Override
    public String toString() {
        return "ProviderConfig[name=%s, type=%s, baseUrl=%s, apiKeys=%s, models=%s, weight=%d, headers=%s, caCertificate=%s, wire=%s, serves=%s, disabled=%s]"
                .formatted(
                        name,
                        type,
                        baseUrl,
                        apiKeys,
                        models,
                        weight,
                        headers.keySet(),
                        caCertificate,
                        wire,
                        serves,
                        disabled);
    }
}
