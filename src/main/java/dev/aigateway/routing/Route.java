package dev.aigateway.routing;

import dev.aigateway.config.RoutingStrategy;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a request: who would be tried in which order.
 *
 * @param resolution what the name means
 * @param stages in the order in which they are exhausted; those of the models that stand in come last
 */
public record Route(Resolution resolution, List<Stage> stages) {
    public Route {
        stages = List.copyOf(stages);
    }

    /**
     * Those who are equally good.
     *
     * @param model the name under which they were found
     * @param strategy among providers; by chance and by conversation the order shown is that of the configuration
     */
    public record Stage(String model, RoutingStrategy strategy, RoutingStrategy keys, List<Choice> choices) {}

    /**
     * One who could be tried.
     *
     * @param keyIndex the key's place in the configuration
     * @param model the provider's id
     * @param obstacle why it would be left out now; empty for one that would be tried
     * @param callersKey whether only requests that bring a key of their own come here
     */
    public record Choice(
            String provider,
            int keyIndex,
            Optional<String> keyName,
            String model,
            String obstacle,
            Optional<Sparing> spared,
            boolean callersKey) {}
}
