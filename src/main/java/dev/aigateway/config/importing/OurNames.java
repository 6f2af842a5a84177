package dev.aigateway.config.importing;

import java.util.function.Predicate;

/**
 * What our configuration says about names that the other file chose.
 *
 * @param ownHeader whether a header is refused, because the gateway sets it itself
 * @param endpoint whether an endpoint may be called so
 */
public record OurNames(Predicate<String> ownHeader, Predicate<String> endpoint) {}
