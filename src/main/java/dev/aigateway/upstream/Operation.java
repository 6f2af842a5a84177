package dev.aigateway.upstream;

/** What a provider is asked to do with a request. */
public enum Operation {
    /** Answer it. */
    GENERATE,
    /** Tell how many tokens its prompt has. */
    COUNT_TOKENS,
    /** Tell which models there are; the request has no body. */
    LIST_MODELS
}
