package dev.aigateway.config;

import dev.aigateway.config.PayloadRule.Action;
import dev.aigateway.config.PayloadRule.ModelMatch;
import dev.aigateway.config.PayloadRule.Param;
import dev.aigateway.conversation.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the rules that change request bodies. */
final class PayloadBinding {
    /** What operators may call a dialect here: by its name, or by the vendor that is known for it. */
    private static final Map<String, Dialect> PROTOCOLS = new TreeMap<>(Map.of(
            "openai", Dialect.CHAT,
            "openai-compat", Dialect.CHAT,
            "chat", Dialect.CHAT,
            "claude", Dialect.MESSAGES,
            "anthropic", Dialect.MESSAGES,
            "messages", Dialect.MESSAGES,
            "gemini", Dialect.GEMINI,
            "responses", Dialect.RESPONSES));

    private final Section payload;

    PayloadBinding(Section payload) {
        this.payload = payload;
    }

    PayloadConfig bind() {
        List<PayloadRule> rules = new ArrayList<>();
        read("default", Action.DEFAULT, rules);
        read("override", Action.OVERRIDE, rules);
        read("filter", Action.FILTER, rules);
        return rules.isEmpty() ? PayloadConfig.DEFAULT : new PayloadConfig(rules);
    }

    private void read(String key, Action action, List<PayloadRule> rules) {
        for (Section.Member member : payload.members(key)) {
            Section rule = member.section();
            List<Param> params = action == Action.FILTER ? removed(rule) : set(rule);
            rules.add(new PayloadRule(action, models(rule), params));
        }
    }

    private static List<ModelMatch> models(Section rule) {
        List<ModelMatch> models = new ArrayList<>();
        List<Node> entries = rule.list("models");
        for (int i = 0; i < entries.size(); i++) {
            model(entries.get(i), rule, rule.pathOf("models[" + i + "]")).ifPresent(models::add);
        }
        if (entries.isEmpty() && !rule.isBroken()) {
            rule.problem("needs models; [ \"*\" ] means all");
        }
        return models;
    }

    private static Optional<ModelMatch> model(Node node, Section rule, String path) {
        if (!Section.isGroup(node)) {
            return rule.parse(node, path, Values::text)
                    .map(found -> new ModelMatch(new Glob(found.value()), Optional.empty()));
        }
        Section model = rule.child(path, List.of(node));
        if (!model.has("name")) {
            model.problem("needs a name; \"*\" means any");
        }
        Optional<Dialect> protocol = model.value("protocol", PayloadBinding::protocol);
        return model.value("name", Values::text).map(name -> new ModelMatch(new Glob(name), protocol));
    }

    private static Dialect protocol(String text) throws BadValueException {
        Dialect dialect = PROTOCOLS.get(text.toLowerCase(Locale.ROOT));
        if (dialect == null) {
            throw new BadValueException(
                    "must be one of " + String.join(", ", PROTOCOLS.keySet())
                            + Suggestion.ofNear(text, PROTOCOLS.keySet()),
                    ValueForm.words(PROTOCOLS.keySet()));
        }
        return dialect;
    }

    private static List<Param> removed(Section rule) {
        List<Param> params = rule.values("params", FieldPath::parse).stream()
                .map(path -> new Param(path, Optional.empty()))
                .toList();
        if (!rule.has("params") && !rule.isBroken()) {
            rule.problem("needs params, a list of paths such as [ top_k, metadata.user_id ]");
        }
        return params;
    }

    /** In the order of their names, so that a whole comes before its parts. */
    private static List<Param> set(Section rule) {
        List<Param> params = new ArrayList<>();
        Optional<Node> node = rule.node("params");
        if (node.isPresent() && node.get() instanceof Node.Keys keys) {
            new TreeMap<>(keys.keys())
                    .forEach((path, value) -> param(rule, path, value).ifPresent(params::add));
        } else if (node.isPresent()) {
            rule.problem(node.get(), "params", "must be a group of path: value, such as { temperature: 0.7 }");
        } else if (!rule.isBroken()) {
            rule.problem("needs params, a group of path: value such as { temperature: 0.7 }");
        }
        return params;
    }

    private static Optional<Param> param(Section rule, String path, Node value) {
        String key = "params." + path;
        List<String> names;
        try {
            names = FieldPath.parse(path);
        } catch (BadValueException e) {
            rule.problem(value, key, e.getMessage() + FieldPath.suggestion(path));
            return Optional.empty();
        }
        try {
            return Optional.of(new Param(names, Optional.of(JsonText.of(value))));
        } catch (BadValueException e) {
            rule.problem(value, key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
