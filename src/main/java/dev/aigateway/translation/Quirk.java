package dev.aigateway.translation;

/** A way in which a provider differs from the plain form of its dialect. */
public enum Quirk {
    /** Chat: the limit is called {@code max_completion_tokens}; elsewhere {@code max_tokens} is better known. */
    MAX_COMPLETION_TOKENS,
    /** Chat: leading instructions are sent with the role {@code developer}. */
    DEVELOPER_ROLE,
    /** Chat: tool messages may hold images. */
    TOOL_IMAGES,
    /** Chat: earlier reasoning is wanted back as {@code reasoning_content}. */
    REASONING_CONTENT_BACK,
    /** Chat: {@code top_k} is accepted. */
    TOP_K,
    /** Chat: {@code stream_options} is refused. */
    NO_STREAM_OPTIONS,
    /** Chat: custom (free text) tools are accepted, as by OpenAI itself. */
    CUSTOM_TOOLS,
    /** The vendor's own API, which runs hosted tools such as web search. */
    HOSTED_TOOLS,
    /** Gemini: schemas may say nothing of lengths, patterns and bounds. */
    STRICT_SCHEMAS
}
