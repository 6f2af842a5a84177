package dev.aigateway.conversation;

import java.util.Optional;

/** A tool that the model may use. */
public sealed interface Tool {
    /** The name by which calls refer to it. */
    String name();

    /**
     * A function that the client runs.
     *
     * @param schema JSON schema of the arguments; empty when the client gave none
     * @param namespace the Responses namespace it was declared in
     * @param extras attributes that only the client's dialect knows, as one JSON object
     */
    record Function(
            String name,
            Optional<String> namespace,
            Optional<String> description,
            Optional<RawJson> schema,
            Optional<Boolean> strict,
            Optional<CacheMark> cache,
            Optional<RawJson> extras)
            implements Tool {
        public Function(String name, Optional<String> description, Optional<RawJson> schema) {
            this(name, Optional.empty(), description, schema, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * A tool that takes free text.
     *
     * @param format the grammar declaration, replayed to OpenAI dialects
     */
    record Custom(String name, Optional<String> namespace, Optional<String> description, Optional<RawJson> format)
            implements Tool {}

    /**
     * A tool that the vendor runs itself.
     *
     * @param kind the canonical kind, {@link HostedKind#OTHER} when no other dialect has its like
     * @param raw the whole declaration in its own dialect
     */
    record Hosted(String name, HostedKind kind, Dialect dialect, RawJson raw) implements Tool {}

    /** What a hosted tool does, as far as more than one vendor offers it. */
    enum HostedKind {
        WEB_SEARCH,
        WEB_FETCH,
        CODE_EXECUTION,
        OTHER
    }
}
