package dev.aigateway.dispatch.rules;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.PayloadRule;
import dev.aigateway.config.Secret;
import dev.aigateway.config.TuningConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.rules.EditedBody;
import dev.aigateway.translation.rules.FieldEdit;
import dev.aigateway.translation.rules.FixedTemperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration wants changed in one request on its way to a candidate: first the provider's tuning, then the
 * payload rules, then the cloak. A request that nothing concerns keeps its bytes, and they are not looked at. Immutable.
 */
public final class RequestRules {
    private final GatewayConfig config;
    private final String asked;
    private final Optional<String> userAgent;
    private final ProcessIdentity identity;

    /**
     * @param asked the model as the client asked for it
     * @param userAgent what the client says that it is
     */
    public RequestRules(GatewayConfig config, String asked, Optional<String> userAgent, ProcessIdentity identity) {
        this.config = config;
        this.asked = asked;
        this.userAgent = userAgent;
        this.identity = identity;
    }

    /** How many bytes of a body there are to look through: none when nothing concerns it. */
    public int work(Candidate candidate, Dialect dialect, byte[] body) {
        TuningConfig tuning = candidate.provider().tuning();
        boolean concerned = tuning.temperature().isPresent()
                || cloak(candidate).filter(Cloak::isOn).isPresent()
                || config.payload().rules().stream().anyMatch(rule -> rule.matches(asked, candidate.model(), dialect));
        return concerned ? body.length : 0;
    }

    /** @param dialect of the body */
    public byte[] body(Candidate candidate, Dialect dialect, byte[] body) {
        byte[] tuned = candidate
                .provider()
                .tuning()
                .temperature()
                .map(fixed -> FixedTemperature.in(body, dialect, candidate.model(), fixed))
                .orElse(body);
        byte[] edited = EditedBody.of(tuned, edits(candidate.model(), dialect));
        return cloak(candidate).map(cloak -> cloak.body(edited)).orElse(edited);
    }

    /**
     * Headers to put on in the place of others.
     *
     * @param forwarded headers of the client that the provider may see
     */
    public Map<String, String> headers(Candidate candidate, Map<String, String> forwarded) {
        return cloak(candidate).map(cloak -> cloak.headers(forwarded)).orElse(Map.of());
    }

    private List<FieldEdit> edits(String model, Dialect dialect) {
        List<PayloadRule> rules = config.payload().rules();
        if (rules.isEmpty()) {
            return List.of();
        }
        List<FieldEdit> edits = new ArrayList<>();
        for (PayloadRule rule : rules) {
            if (rule.matches(asked, model, dialect)) {
                rule.params().forEach(param -> edits.add(edit(rule.action(), param)));
            }
        }
        return edits;
    }

    private static FieldEdit edit(PayloadRule.Action action, PayloadRule.Param param) {
        RawJson value = new RawJson(param.json().orElse("null"));
        return switch (action) {
            case DEFAULT -> new FieldEdit.Supply(param.path(), value);
            case OVERRIDE -> new FieldEdit.Put(param.path(), value);
            case FILTER -> new FieldEdit.Remove(param.path());
        };
    }

    private Optional<Cloak> cloak(Candidate candidate) {
        return candidate
                .provider()
                .tuning()
                .cloak()
                .map(cloak -> new Cloak(cloak, userAgent, identity, owner(candidate)));
    }

    /** One key at one provider; it goes no further than into a digest. */
    private static String owner(Candidate candidate) {
        return candidate.provider().name() + "\n"
                + candidate.key().map(Secret::reveal).orElse("");
    }
}
