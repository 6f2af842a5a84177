package dev.aigateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.routing.Resolution;
import dev.aigateway.routing.Route;
import java.util.Locale;

/** What a name means and who would be tried for it, for people. */
final class RoutePage {
    private RoutePage() {}

    static ObjectNode write(Route route) {
        Resolution resolution = route.resolution();
        ObjectNode page = Answers.object()
                .put("model", resolution.asked())
                .put("resolved", resolution.model())
                .put("rule", resolution.rule().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        ArrayNode steps = page.putArray("steps");
        resolution.steps().forEach(step -> steps.add(step.text()));
        ArrayNode stages = page.putArray("tiers");
        route.stages().forEach(stage -> stages.add(stage(stage, resolution.asked())));
        return page;
    }

    private static ObjectNode stage(Route.Stage stage, String asked) {
        ObjectNode node = Answers.object()
                .put("model", stage.model())
                .put("fallback", !stage.model().equals(asked))
                .put("strategy", stage.strategy().label())
                .put("keys", stage.keys().label());
        ArrayNode candidates = node.putArray("candidates");
        stage.choices().forEach(choice -> candidates.add(choice(choice)));
        return node;
    }

    private static ObjectNode choice(Route.Choice choice) {
        ObjectNode node = Answers.object().put("provider", choice.provider()).put("key", choice.keyIndex());
        choice.keyName().ifPresent(name -> node.put("key_name", name));
        node.put("upstream_model", choice.model())
                .put("usable", choice.obstacle().isEmpty());
        if (!choice.obstacle().isEmpty()) {
            node.put("reason", choice.obstacle());
        }
        if (choice.callersKey()) {
            node.put("note", "takes the caller's key");
        }
        choice.spared().ifPresent(spared -> node.set("spared", StatsResource.sparing(spared)));
        return node;
    }
}
