package dev.aigateway.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an upstream is reached.
 *
 * @param headers sent with each request; their values may be secret
 * @param caCertificate a PEM file that is trusted for this upstream instead of the usual authorities
 * @param proxy through what
 * @param rules which headers pass in either direction
 * @param callersKey whether the key that a client presents is the upstream's ({@code auth: client})
 */
public record LinkConfig(
        Map<String, String> headers,
        Optional<Path> caCertificate,
        ProxyConfig proxy,
        TimeoutsConfig timeouts,
        HeaderRules rules,
        boolean callersKey) {
    public static final LinkConfig DEFAULT = new LinkConfig(
            Map.of(), Optional.empty(), ProxyConfig.DIRECT, TimeoutsConfig.DEFAULT, HeaderRules.DEFAULT, false);

    public LinkConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    LinkConfig withCallersKey(boolean given) {
        return new LinkConfig(headers, caCertificate, proxy, timeouts, rules, given);
    }

    /** Header values are left out: they may be secret. */
    @Override
    public String toString() {
        return "LinkConfig[headers=%s, caCertificate=%s, proxy=%s, timeouts=%s, rules=%s, callersKey=%s]"
                .formatted(headers.keySet(), caCertificate, proxy, timeouts, rules, callersKey);
    }
}
