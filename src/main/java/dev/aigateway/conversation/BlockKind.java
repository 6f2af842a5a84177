package dev.aigateway.conversation;

import java.util.Optional;

/** What a block of an answer holds. */
public sealed interface BlockKind {
    record Text() implements BlockKind {}

    record Thinking() implements BlockKind {}

    /** Hidden reasoning, whole at its start. */
    record RedactedThinking(Vendor vendor, String data) implements BlockKind {}

    record Refusal() implements BlockKind {}

    /** A tool call; its arguments follow as deltas, none at all meaning {@code {}}. */
    record ToolCall(String id, String name, Optional<String> namespace, ToolKind toolKind) implements BlockKind {
        public ToolCall(String id, String name) {
            this(id, name, Optional.empty(), ToolKind.FUNCTION);
        }
    }

    /** A block that only the upstream's dialect knows, such as a hosted tool's run. */
    record Opaque(Dialect dialect, String type, RawJson raw) implements BlockKind {}
}
