package dev.aigateway.routing;

import dev.aigateway.routing.state.Breaker;
import dev.aigateway.routing.state.Cause;
import java.util.Optional;

/**
 * A breaker at one moment.
 *
 * @param model whose errors it counts; empty for the one that counts broken connections of the provider
 * @param failures requests in a row
 * @param until before which it lets nobody through, in milliseconds since the epoch; 0 while it is closed
 */
public record BreakerView(
        Optional<String> model, Breaker.Phase phase, int failures, long until, Optional<Cause> cause) {}
