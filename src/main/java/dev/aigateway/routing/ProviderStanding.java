package dev.aigateway.routing;

import java.util.List;

/**
 * How one provider fares.
 *
 * @param disabled by the configuration
 * @param switchedOff by an operator, until it is switched on again
 * @param reason why nothing of it may be used now, in few words; empty for one that may
 * @param breakers that of the provider first, then those of models that are not closed
 * @param keys as configured; a provider without keys has one nameless entry
 */
public record ProviderStanding(
        String name,
        String type,
        boolean disabled,
        boolean switchedOff,
        String reason,
        long running,
        int waiting,
        Tally tally,
        Timing firstByte,
        Timing duration,
        List<BreakerView> breakers,
        List<KeyStanding> keys) {
    /** Whether something of it may be used now. */
    public boolean isHealthy() {
        return reason.isEmpty();
    }
}
