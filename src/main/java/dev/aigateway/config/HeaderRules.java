package dev.aigateway.config;

import java.util.Set;

/**
 * Which headers go through the gateway beside those that always do. All names are in lower case.
 *
 * @param forward of the client's request, to the upstream
 * @param deny of the client's request, never to the upstream
 * @param back of the upstream's answer, to the client
 */
public record HeaderRules(Set<String> forward, Set<String> deny, Set<String> back) {
    public static final HeaderRules DEFAULT = new HeaderRules(Set.of(), Set.of(), Set.of());

    public HeaderRules {
        forward = Set.copyOf(forward);
        deny = Set.copyOf(deny);
        back = Set.copyOf(back);
    }
}
