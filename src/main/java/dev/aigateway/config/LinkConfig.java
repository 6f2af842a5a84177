package dev.aigateway.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a provider is reached.
 *
 * @param headers sent with each request; their values may be secret
 * @param caCertificate a PEM file that is trusted for this upstream instead of the usual authorities
 */
public record LinkConfig(Map<String, String> headers, Optional<Path> caCertificate) {
    public static final LinkConfig DEFAULT = new LinkConfig(Map.of(), Optional.empty());

    public LinkConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Header values are left out: they may be secret. */
    @Override
    public String toString() {
        return "LinkConfig[headers=%s, caCertificate=%s]".formatted(headers.keySet(), caCertificate);
    }
}
