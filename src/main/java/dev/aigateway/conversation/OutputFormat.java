package dev.aigateway.conversation;

import java.util.Optional;

/** The form the answer text must take. */
public sealed interface OutputFormat {
    record Text() implements OutputFormat {}

    /** Any JSON object. */
    record JsonObject() implements OutputFormat {}

    /** JSON that satisfies {@code schema}. */
    record JsonSchema(Optional<String> name, Optional<String> description, RawJson schema, Optional<Boolean> strict)
            implements OutputFormat {}
}
