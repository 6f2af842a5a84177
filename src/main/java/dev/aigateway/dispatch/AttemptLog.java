package dev.aigateway.dispatch;

import dev.aigateway.config.RetryConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.observe.Printable;
import dev.aigateway.routing.Candidate;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Tells of the attempts of one exchange, in category {@code ai-gateway.attempts}: each attempt and its failure at DEBUG,
 * each retry at INFO. A provider's own words are left out, because they may repeat the prompt. Behaviour reference: section
 * 5.5, row 142.
 */
final class AttemptLog {
    private static final Logger LOG = Logger.getLogger("ai-gateway.attempts");

    private final Exchange exchange;

    AttemptLog(Exchange exchange) {
        this.exchange = exchange;
    }

    void begins(Candidate candidate) {
        if (LOG.isDebugEnabled()) {
            LOG.debugf("%s tries %s", id(), name(candidate));
        }
    }

    /** @param error as it may be shown */
    void failed(Candidate candidate, GatewayError error, UpstreamFailure.Verdict verdict) {
        if (LOG.isDebugEnabled()) {
            LOG.debugf(
                    "%s attempt %d failed: %s %d %s%s after %dms, %s",
                    id(),
                    exchange.attempts().size(),
                    name(candidate),
                    error.status(),
                    word(error.kind()),
                    error.code().map(code -> " " + Printable.word(code)).orElse(""),
                    exchange.elapsedMillis(),
                    word(verdict));
        }
    }

    /** @param number of the round that begins after the pause, from 1 */
    void retries(int number, RetryConfig config, Duration delay) {
        if (LOG.isInfoEnabled()) {
            LOG.infof(
                    "%s retry %d of %d in %dms after %s",
                    id(), number, config.maxRetries(), delay.toMillis(), lastFailure());
        }
    }

    private String lastFailure() {
        return exchange.attempts().isEmpty()
                ? "no attempt"
                : Printable.word(exchange.attempts().getLast().toString());
    }

    private String id() {
        return Printable.word(exchange.request().id());
    }

    private static String name(Candidate candidate) {
        String key = candidate.key().isPresent() ? " key=" + candidate.keyIndex() : "";
        return Printable.word(candidate.label()) + key;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
