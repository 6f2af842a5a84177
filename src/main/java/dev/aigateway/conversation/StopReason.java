package dev.aigateway.conversation;

/** Why the model stopped (translation reference, section 12). */
public enum StopReason {
    /** The answer is complete. */
    END,
    /** A stop sequence of the client was met. */
    STOP_SEQUENCE,
    /** The output token limit was reached. */
    LENGTH,
    /** The context window is full. */
    CONTEXT,
    /** The model waits for tool results. */
    TOOL_USE,
    /** The provider blocked the content. */
    FILTER,
    /** The model or its classifier refused. */
    REFUSAL,
    /** The vendor paused a long turn that the client may continue. */
    PAUSE;

    /** Whether it stopped for what the request or the answer is about. */
    public boolean isAboutContent() {
        return this == FILTER || this == REFUSAL;
    }
}
