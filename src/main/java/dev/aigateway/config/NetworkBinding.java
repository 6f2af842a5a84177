package dev.aigateway.config;

import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads the transparent endpoints, and who gets what the gateway itself does not serve. */
final class NetworkBinding {
    /** First segments of paths that mean something else, now or by convention (behaviour reference, D-09). */
    private static final Set<String> RESERVED = Set.of(
            "claude",
            "openai",
            "v1",
            "v1beta",
            "admin",
            "health",
            "stats",
            "metrics",
            "models",
            "q",
            "chat",
            "completions",
            "messages",
            "responses",
            "embeddings",
            "images",
            "audio",
            "moderations",
            "rerank");

    private final Section root;
    private final LinkBinding links;

    NetworkBinding(Section root, LinkBinding links) {
        this.root = root;
        this.links = links;
    }

    NetworkConfig bind(List<ProviderConfig> providers) {
        Optional<URI> commonBase = root.value("target-base", BaseUrl::parse);
        SequencedMap<String, EndpointConfig> endpoints = new LinkedHashMap<>();
        Section group = root.group("endpoints");
        for (String name : group.names()) {
            endpoint(name, group.group(name), commonBase).ifPresent(endpoint -> endpoints.put(name, endpoint));
        }
        return new NetworkConfig(endpoints, passthroughProvider(providers), forwardable(providers));
    }

    private Optional<EndpointConfig> endpoint(String name, Section section, Optional<URI> commonBase) {
        checkName(name, section);
        Optional<URI> base = section.has("target-base") ? section.value("target-base", BaseUrl::parse) : commonBase;
        if (base.isEmpty() && !section.has("target-base")) {
            section.problem("needs a target-base, here or at the top level");
        }
        LinkConfig link = links.bind(section);
        if (section.has("passthrough-headers")) {
            section.problem("has passthrough-headers, but at an endpoint all headers of the answer pass; remove it");
        }
        return base.map(known -> new EndpointConfig(name, known, link));
    }

    /** Whether an endpoint may be called so. */
    static boolean isEndpointName(String name) {
        try {
            return Values.providerName(name).equals(name) && !RESERVED.contains(name);
        } catch (BadValueException e) {
            return false;
        }
    }

    private static void checkName(String name, Section section) {
        try {
            Values.providerName(name);
        } catch (BadValueException e) {
            section.problem(e.getMessage() + "; it stands in the path");
        }
        if (RESERVED.contains(name)) {
            section.problem("has a name that paths of the gateway begin with; call it something else");
        }
    }

    private Optional<String> passthroughProvider(List<ProviderConfig> providers) {
        List<String> names = providers.stream()
                .filter(provider -> provider.type() != ProviderType.DEMO)
                // A file of a key that is gone for a while is no reason to refuse the rest.
                .filter(provider -> !provider.disabled() || provider.lacksKeys())
                .map(ProviderConfig::name)
                .toList();
        return root.value("passthrough-provider", text -> {
            if (!names.contains(text)) {
                throw new BadValueException(
                        "must be the name of a provider that is not disabled and no demo"
                                + Suggestion.ofNear(text, names),
                        ValueForm.NOT_EMPTY);
            }
            return text;
        });
    }

    private static Set<String> forwardable(List<ProviderConfig> providers) {
        Set<String> names = new HashSet<>();
        for (ProviderConfig provider : providers) {
            names.addAll(provider.link().rules().forward());
            provider.keys()
                    .forEach(key -> names.addAll(key.settings().link().rules().forward()));
        }
        return names;
    }
}
