package dev.aigateway.dispatch.rules;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.TuningConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.rules.EditedBody;
import dev.aigateway.translation.rules.FixedTemperature;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration wants changed in one request on its way to a candidate: first the provider's tuning, then the
 * payload rules, then the cloak. A request that nothing concerns keeps its bytes, and they are not looked at. Immutable.
 */
public final class RequestRules {
    private final RuleBook book;
    private final String asked;
    private final Optional<String> userAgent;
    private final ProcessIdentity identity;

    /**
     * @param asked the model as the client asked for it
     * @param userAgent what the client says that it is
     */
    public RequestRules(GatewayConfig config, String asked, Optional<String> userAgent, ProcessIdentity identity) {
        this.book = RuleBook.of(config);
        this.asked = asked;
        this.userAgent = userAgent;
        this.identity = identity;
    }

    /** How many bytes of a body there are to look through: none when nothing concerns it. */
    public int work(Candidate candidate, Dialect dialect, byte[] body) {
        TuningConfig tuning = candidate.provider().tuning();
        boolean concerned = tuning.temperature().isPresent()
                || cloak(candidate).filter(Cloak::isOn).isPresent()
                || !book.edits(asked, candidate.model(), dialect).isEmpty();
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
        byte[] edited = EditedBody.of(tuned, book.edits(asked, candidate.model(), dialect));
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

    private Optional<Cloak> cloak(Candidate candidate) {
        return candidate
                .provider()
                .tuning()
                .cloak()
                .map(cloak -> new Cloak(cloak, book, userAgent, identity, candidate));
    }
}
