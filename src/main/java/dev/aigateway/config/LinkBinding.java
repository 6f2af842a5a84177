package dev.aigateway.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads how upstreams are reached: at the top level for all, then for each provider, key and endpoint. Single values and
 * lists of the more specific place count alone, {@code headers} are added up.
 */
final class LinkBinding {
    private final ProxyUrl proxies;
    private final LinkConfig inherited;

    private LinkBinding(ProxyUrl proxies, LinkConfig inherited) {
        this.proxies = proxies;
        this.inherited = inherited;
    }

    /** What all upstreams have in common. */
    static LinkBinding ofRoot(Section root, ProxyUrl proxies) {
        return new LinkBinding(proxies, LinkConfig.DEFAULT).below(root, Optional.empty());
    }

    /** The same for what stands below. */
    LinkBinding below(LinkConfig link) {
        return new LinkBinding(proxies, link);
    }

    LinkConfig inherited() {
        return inherited;
    }

    LinkConfig bind(Section section) {
        return below(section, section.value("ca-certificate", Values::readableFile))
                .withTimeouts(section.group("timeouts"))
                .inherited;
    }

    private LinkBinding below(Section section, Optional<Path> authority) {
        return below(new LinkConfig(
                headers(section, inherited.headers()),
                authority.or(inherited::caCertificate),
                section.value("proxy-url", proxies::parse).orElse(inherited.proxy()),
                inherited.timeouts(),
                new HeaderRules(
                        names(
                                section,
                                "forward-headers",
                                HeaderNames::forwarded,
                                inherited.rules().forward()),
                        names(
                                section,
                                "deny-headers",
                                HeaderNames::denied,
                                inherited.rules().deny()),
                        names(
                                section,
                                "passthrough-headers",
                                HeaderNames::back,
                                inherited.rules().back())),
                inherited.callersKey()));
    }

    private LinkBinding withTimeouts(Section group) {
        TimeoutsConfig upper = inherited.timeouts();
        TimeoutsConfig timeouts = new TimeoutsConfig(
                group.value("connect", Values::positiveDuration).or(upper::connect),
                group.value("first-byte", Values::positiveDuration).or(upper::firstByte),
                group.value("idle", Values::positiveDuration).or(upper::idle));
        return below(new LinkConfig(
                inherited.headers(),
                inherited.caCertificate(),
                inherited.proxy(),
                timeouts,
                inherited.rules(),
                inherited.callersKey()));
    }

    private static Set<String> names(Section section, String key, Section.Type<String> type, Set<String> inherited) {
        return section.has(key) ? new LinkedHashSet<>(section.values(key, type)) : inherited;
    }

    /** What the group {@code headers} says, over what is said elsewhere. */
    static Map<String, String> headers(Section section, Map<String, String> below) {
        Map<String, String> headers = new LinkedHashMap<>(below);
        Section group = section.group("headers");
        for (String name : group.names()) {
            group.found(name, text -> {
                        Values.checkHeaderName(name);
                        return Values.headerValue(text);
                    })
                    .ifPresent(found -> {
                        headers.keySet().removeIf(name::equalsIgnoreCase);
                        headers.put(name, found.value());
                    });
        }
        return headers;
    }
}
