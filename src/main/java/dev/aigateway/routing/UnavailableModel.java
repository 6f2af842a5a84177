package dev.aigateway.routing;

/**
 * A model of a provider that nobody gets at the moment.
 *
 * @param model the provider's id
 * @param millisLeft until it may be asked again
 */
public record UnavailableModel(String provider, String model, long millisLeft) {}
