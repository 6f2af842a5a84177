package dev.aigateway.upstream;

import dev.aigateway.config.HeaderRules;
import dev.aigateway.conversation.Dialect;
import java.util.Locale;
import java.util.Set;

/** Which headers of a client an upstream sees: its request id, those of the protocol, and those that its configuration names. */
record HeaderGate(Set<String> ofProtocol) {
    private static final String REQUEST_ID = "x-request-id";

    static final HeaderGate OF_FORWARDED = new HeaderGate(Set.of("content-type", "accept", "openai-beta"));

    private static final HeaderGate OF_MESSAGES = new HeaderGate(Set.of("anthropic-version", "anthropic-beta"));
    private static final HeaderGate CLOSED = new HeaderGate(Set.of());

    static HeaderGate ofDialect(Dialect dialect) {
        return dialect == Dialect.MESSAGES ? OF_MESSAGES : CLOSED;
    }

    boolean passes(String name, HeaderRules rules) {
        String lower = name.toLowerCase(Locale.ROOT);
        return (lower.equals(REQUEST_ID)
                        || ofProtocol.contains(lower)
                        || rules.forward().contains(lower))
                && !rules.deny().contains(lower);
    }
}
