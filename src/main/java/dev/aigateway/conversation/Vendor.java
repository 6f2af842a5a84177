package dev.aigateway.conversation;

/** Who issued an opaque token; a token is only ever replayed to its own vendor. */
public enum Vendor {
    OPENAI,
    ANTHROPIC,
    GOOGLE,
    OTHER
}
