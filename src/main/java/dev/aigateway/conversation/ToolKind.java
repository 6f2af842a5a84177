package dev.aigateway.conversation;

/** How a tool takes its input. */
public enum ToolKind {
    /** JSON arguments described by a schema. */
    FUNCTION,
    /** Free text, as Codex' {@code apply_patch}. */
    CUSTOM
}
