package dev.aigateway.config;

/** What operators may say of how a provider speaks its dialect; each is the quirk of the same name in translation. */
public enum QuirkName {
    MAX_COMPLETION_TOKENS,
    DEVELOPER_ROLE,
    TOOL_IMAGES,
    REASONING_CONTENT_BACK,
    TOP_K,
    NO_STREAM_OPTIONS,
    CUSTOM_TOOLS,
    HOSTED_TOOLS
}
