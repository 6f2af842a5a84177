package dev.aigateway.dispatch.rules;

import dev.aigateway.config.Derived;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.PayloadRule;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.rules.FieldEdit;
import dev.aigateway.translation.rules.SensitiveWords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What of a configuration's rules is the same for every request, made once. Safe for concurrent use. */
final class RuleBook {
    private static final Derived<RuleBook> LATEST = new Derived<>(RuleBook::new);

    private final List<Entry> entries;
    private final Map<List<String>, SensitiveWords> words = new ConcurrentHashMap<>();

    private record Entry(PayloadRule rule, List<FieldEdit> edits) {}

    private RuleBook(GatewayConfig config) {
        entries = config.payload().rules().stream()
                .map(rule -> new Entry(
                        rule,
                        rule.params().stream()
                                .map(param -> edit(rule.action(), param))
                                .toList()))
                .toList();
    }

    static RuleBook of(GatewayConfig config) {
        return LATEST.of(config);
    }

    private static FieldEdit edit(PayloadRule.Action action, PayloadRule.Param param) {
        RawJson value = new RawJson(param.json().orElse("null"));
        return switch (action) {
            case DEFAULT -> new FieldEdit.Supply(param.path(), value);
            case OVERRIDE -> new FieldEdit.Put(param.path(), value);
            case FILTER -> new FieldEdit.Remove(param.path());
        };
    }

    /**
     * What the payload rules change, in their order.
     *
     * @param asked the model as the client asked for it
     * @param model as the provider calls it
     */
    List<FieldEdit> edits(String asked, String model, Dialect dialect) {
        return entries.stream()
                .filter(entry -> entry.rule.matches(asked, model, dialect))
                .flatMap(entry -> entry.edits.stream())
                .toList();
    }

    /** Ready to split the words of a cloak; cloaks are few. */
    SensitiveWords words(List<String> ofCloak) {
        return words.computeIfAbsent(ofCloak, SensitiveWords::of);
    }
}
