package dev.aigateway.conversation;

/** How a tool takes its input. */
public enum ToolKind {
    /** JSON arguments described by a schema. */
    FUNCTION,
    /** Free text, as Codex' {@code apply_patch}. */
    CUSTOM,
    /** JSON arguments: Responses' {@code local_shell}, one command that the client runs. */
    LOCAL_SHELL,
    /** JSON arguments: Responses' {@code shell}, commands that the client runs. */
    SHELL,
    /** JSON arguments: Responses' {@code apply_patch}, a change of one file that the client makes. */
    APPLY_PATCH
}
