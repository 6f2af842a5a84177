package dev.aigateway.routing;

import dev.aigateway.config.RoutingStrategy;
import java.util.List;

/**
 * Offers that are equally good; those of a later tier have their turn when nobody in an earlier one is left.
 *
 * @param model the name under which they were found
 * @param scope among whom turns are counted
 */
record Tier(String model, String scope, RoutingStrategy strategy, RoutingStrategy keys, List<Offer> offers) {}
