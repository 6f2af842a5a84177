package dev.aigateway.routing;

import java.util.List;

/**
 * Where one name leads.
 *
 * @param step the rule that applies to it, which may still find nobody
 */
record Found(Step step, List<List<Offer>> tiers) {
    static Found nobody(String name) {
        return new Found(Step.of(Rule.NOBODY, name), List.of());
    }

    boolean isServed() {
        return !tiers.isEmpty();
    }

    /** Whether the client said who is to serve it. */
    boolean isExplicit() {
        return step.rule().isExplicit();
    }
}
