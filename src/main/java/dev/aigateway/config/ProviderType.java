package dev.aigateway.config;

import dev.aigateway.conversation.Dialect;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of upstream: the dialect each speaks and where it is found by default. A kind that is not supported yet is a
 * known word of the configuration, refused with a message that says so.
 */
public enum ProviderType {
    ANTHROPIC("anthropic", Dialect.MESSAGES, "https://api.anthropic.com/v1", true, false),
    OPENAI("openai", Dialect.CHAT, "https://api.openai.com/v1", true, false),
    GEMINI("gemini", Dialect.GEMINI, "https://generativelanguage.googleapis.com/v1beta", true, true),
    RESPONSES("responses", Dialect.RESPONSES, "https://api.openai.com/v1", true, false),
    CODEX("codex", Dialect.RESPONSES, "https://chatgpt.com/backend-api/codex", false, false),
    GEMINICLI("geminicli", Dialect.GEMINI, "https://cloudcode-pa.googleapis.com", false, false),
    ANTIGRAVITY("antigravity", Dialect.GEMINI, "https://daily-cloudcode-pa.googleapis.com", false, false),
    CLAUDECODE("claudecode", Dialect.MESSAGES, "https://api.anthropic.com/v1", false, false),
    /** Answers every dialect by itself, without any upstream; its base URL is a name only. */
    DEMO("demo", null, "demo:builtin", true, false);

    private final String label;
    private final @Nullable Dialect dialect;
    private final URI defaultBaseUrl;
    private final boolean supported;
    private final boolean keyRequired;

    ProviderType(
            String label, @Nullable Dialect dialect, String defaultBaseUrl, boolean supported, boolean keyRequired) {
        this.label = label;
        this.dialect = dialect;
        this.defaultBaseUrl = URI.create(defaultBaseUrl);
        this.supported = supported;
        this.keyRequired = keyRequired;
    }

    /** The word used in configuration, metrics and logs. */
    public String label() {
        return label;
    }

    /** The dialect that the upstream speaks; empty when it speaks every client's own. */
    public Optional<Dialect> dialect() {
        return Optional.ofNullable(dialect);
    }

    public URI defaultBaseUrl() {
        return defaultBaseUrl;
    }

    /** Whether this version of the gateway can talk to it. */
    public boolean isSupported() {
        return supported;
    }

    /** Whether a provider of this type is useless without an API key; local servers of the other types have none. */
    public boolean isKeyRequired() {
        return keyRequired;
    }

    static Optional<ProviderType> named(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }

    static List<String> supportedLabels() {
        return Arrays.stream(values())
                .filter(ProviderType::isSupported)
                .map(ProviderType::label)
                .toList();
    }
}
