package dev.aigateway.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way of a name through all the rules. A name is mapped once at most; one that says who is to serve it is never mapped
 * to somebody else. Used once, by one thread.
 */
final class Walk {
    /** Nobody calls a model so; and patterns take time in proportion to the name. */
    private static final int LONGEST_NAME = 1024;

    private final Search search;
    private final NameMapping mapping;
    private final Optional<String> defaultModel;
    private final List<Step> steps = new ArrayList<>(3);
    private String name = "";

    Walk(Search search, NameMapping mapping, Optional<String> defaultModel) {
        this.search = search;
        this.mapping = mapping;
        this.defaultModel = defaultModel;
    }

    Resolution resolve(String asked) {
        if (asked.length() > LONGEST_NAME) {
            return nobody(asked, asked);
        }
        Found found = follow(asked);
        String reached = name;
        boolean mayStandIn = !found.isServed() && !found.isExplicit();
        Optional<String> standIn = defaultModel.filter(model -> mayStandIn && !model.equals(asked));
        if (standIn.isPresent()) {
            steps.add(new Step(Rule.DEFAULT_MODEL, asked, standIn.get(), ""));
            found = follow(standIn.get());
        }
        return found.isServed()
                ? new Resolution(asked, name, found.step().rule(), steps, found.tiers())
                : nobody(asked, reached);
    }

    /** All the rules but the default model. */
    private Found follow(String asked) {
        name = asked;
        boolean mapped = map(mapping.byName(name));
        Found found = search.owners(name);
        if (!mapped && !found.isServed() && !found.isExplicit() && map(mapping.byPattern(name))) {
            found = search.owners(name);
        }
        if (!found.isServed() && !found.isExplicit()) {
            found = search.takers(name);
        }
        if (found.step().rule() != Rule.NOBODY) {
            steps.add(found.step());
        }
        return found;
    }

    private boolean map(Optional<Step> step) {
        step.ifPresent(taken -> {
            steps.add(taken);
            name = taken.meaning();
        });
        return step.isPresent();
    }

    private Resolution nobody(String asked, String reached) {
        steps.add(Step.of(Rule.NOBODY, asked));
        return new Resolution(asked, reached, Rule.NOBODY, steps, List.of());
    }
}
