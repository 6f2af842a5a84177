package dev.aigateway.routing;

import dev.aigateway.config.ProviderConfig;

/**
 * A model as clients see it.
 *
 * @param name the id or alias that clients use
 * @param upstreamId what the provider calls it
 */
public record ServedModel(String name, String upstreamId, ProviderConfig provider) {}
