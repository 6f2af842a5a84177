package dev.aigateway.routing;

/** What a client's name for a model can mean, in the order in which that is tried; the table of {@code docs/routing.md}. */
public enum Rule {
    MAPPED("'%1$s' is mapped to '%2$s' by model-mapping"),
    LISTED("'%1$s' is listed by name"),
    NAMED_PROVIDER("'%1$s' means '%2$s' at the provider '%3$s'"),
    PREFIX("'%1$s' means '%2$s' at those with the prefix '%3$s'"),
    PROVIDER_PATH("'%1$s' means '%2$s' at the provider '%3$s'"),
    PATTERN("'%1$s' is listed by a pattern"),
    MAPPED_BY_PATTERN("'%1$s' is mapped to '%2$s' by '%3$s' in model-mapping"),
    ANY("'%1$s' is listed nowhere; providers that list nothing take any name"),
    DEFAULT_MODEL("nobody serves '%1$s'; the default-model '%2$s' takes its place"),
    NOBODY("nobody serves '%1$s'");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /** Whether the client said who is to serve the model; then nobody else does. */
    boolean isExplicit() {
        return this == NAMED_PROVIDER || this == PREFIX || this == PROVIDER_PATH;
    }

    String tell(Step step) {
        return text.formatted(step.name(), step.meaning(), step.by());
    }
}
