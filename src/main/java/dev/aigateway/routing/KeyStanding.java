package dev.aigateway.routing;

import java.util.List;
import java.util.Optional;

/**
 * How one key fares.
 *
 * @param index its place in the configuration
 * @param name what operators call it; never the key
 * @param disabled by the configuration
 * @param switchedOff by an operator, until it is switched on again
 */
public record KeyStanding(
        int index,
        Optional<String> name,
        boolean disabled,
        boolean switchedOff,
        boolean usable,
        Tally tally,
        List<Sparing> cooldowns) {}
