package dev.aigateway.routing;

/**
 * One thing that was done with a name.
 *
 * @param name before
 * @param meaning the name after; the same when the step leaves it as it is
 * @param by the provider, prefix or pattern that the rule went by; empty where it needs none
 */
public record Step(Rule rule, String name, String meaning, String by) {
    static Step of(Rule rule, String name) {
        return new Step(rule, name, name, "");
    }

    /** For people; made when it is asked for, since requests do not need it. */
    public String text() {
        return rule.tell(this);
    }
}
