package dev.aigateway.routing.strategy;

import dev.aigateway.config.ShareConfig;
import java.util.function.DoubleSupplier;

/**
 * Somebody who can serve a request: a provider, or a key.
 *
 * @param id its stable identity among its rivals
 * @param latency how soon it has lately begun to answer, in milliseconds; asked for only where it decides
 */
public record Contender<T>(T what, String id, ShareConfig share, DoubleSupplier latency) {}
