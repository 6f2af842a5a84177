package dev.aigateway.conversation;

/** A wire protocol that a client or an upstream speaks. */
public enum Dialect {
    /** OpenAI Chat Completions. */
    CHAT("chat"),
    /** OpenAI legacy Completions; spoken by clients only. */
    COMPLETIONS("completions"),
    /** OpenAI Responses. */
    RESPONSES("responses"),
    /** Anthropic Messages. */
    MESSAGES("messages"),
    /** Google Gemini generateContent. */
    GEMINI("gemini");

    private final String label;

    Dialect(String label) {
        this.label = label;
    }

    /** The lower-case name used in configuration, metrics and logs. */
    public String label() {
        return label;
    }

    /** The vendor whose opaque tokens (signatures, encrypted reasoning, file ids) this dialect carries natively. */
    public Vendor vendor() {
        return switch (this) {
            case CHAT, COMPLETIONS, RESPONSES -> Vendor.OPENAI;
            case MESSAGES -> Vendor.ANTHROPIC;
            case GEMINI -> Vendor.GOOGLE;
        };
    }
}
