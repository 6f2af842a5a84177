package dev.aigateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What goes through the gateway as it is.
 *
 * @param endpoints by name
 * @param passthroughProvider who gets the paths below {@code /v1} that the gateway does not serve
 * @param forwardable the headers of clients that any upstream may see by {@code forward-headers}, in lower case
 */
public record NetworkConfig(
        SequencedMap<String, EndpointConfig> endpoints, Optional<String> passthroughProvider, Set<String> forwardable) {
    public static final NetworkConfig DEFAULT = new NetworkConfig(new LinkedHashMap<>(), Optional.empty(), Set.of());

    public NetworkConfig {
        endpoints = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(endpoints));
        forwardable = Set.copyOf(forwardable);
    }

    public Optional<EndpointConfig> endpoint(String name) {
        return Optional.ofNullable(endpoints.get(name));
    }

    public List<String> endpointNames() {
        return List.copyOf(endpoints.keySet());
    }
}
