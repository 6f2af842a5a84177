package dev.aigateway.routing;

import java.util.List;

/**
 * What a client's name for a model means and who can serve it.
 *
 * @param model the name after model-mapping and default-model, still in the form in which it was asked
 * @param rule the one that found the offers
 * @param steps what was done with the name, first to last
 * @param tiers offers as configured; a later tier is for when nobody of an earlier one is left; empty means nobody
 */
public record Resolution(String asked, String model, Rule rule, List<Step> steps, List<List<Offer>> tiers) {
    public Resolution {
        steps = List.copyOf(steps);
        tiers = List.copyOf(tiers);
    }
}
