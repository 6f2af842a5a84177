package dev.aigateway.config;

import dev.aigateway.conversation.Dialect;
import java.util.List;
import java.util.Optional;

/**
 * How a provider is spoken to, where its type leaves a choice.
 *
 * @param dialect the dialect instead of the type's own ({@code wire-api})
 * @param mustStream whether the provider is asked for a stream even when the client wants a whole answer
 * @param passthroughResponses models whose Responses requests go through untouched although the provider otherwise speaks
 *     Chat; an entry that ends in {@code *} stands for all models that begin like it
 */
public record WireConfig(Optional<Dialect> dialect, boolean mustStream, List<String> passthroughResponses) {
    public static final WireConfig DEFAULT = new WireConfig(Optional.empty(), false, List.of());

    public WireConfig {
        passthroughResponses = List.copyOf(passthroughResponses);
    }

    boolean passesResponses(String model) {
        return passthroughResponses.stream()
                .anyMatch(entry -> entry.endsWith("*")
                        ? model.startsWith(entry.substring(0, entry.length() - 1))
                        : model.equals(entry));
    }
}
