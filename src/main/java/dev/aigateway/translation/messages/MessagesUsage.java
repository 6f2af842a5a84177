package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.splice.Splice;
import java.util.OptionalLong;

/**
 * Token counts in Messages' form, where {@code input_tokens} leaves the cached tokens out. A stream reports them piece by
 * piece; the last word on each field counts (translation reference, section 13). Immutable.
 */
record MessagesUsage(
        OptionalLong input,
        OptionalLong cacheRead,
        OptionalLong cacheWrite,
        OptionalLong output,
        OptionalLong thinking) {
    static final MessagesUsage NONE = new MessagesUsage(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    static MessagesUsage read(JsonNode usage) {
        return new MessagesUsage(
                count(usage.path("input_tokens")),
                count(usage.path("cache_read_input_tokens")),
                count(usage.path("cache_creation_input_tokens")),
                count(usage.path("output_tokens")),
                count(usage.path("output_tokens_details").path("thinking_tokens")));
    }

    /** The same, by offsets. */
    static MessagesUsage scan(ByteSlice usage) {
        return new MessagesUsage(
                Splice.count(usage, "input_tokens"),
                Splice.count(usage, "cache_read_input_tokens"),
                Splice.count(usage, "cache_creation_input_tokens"),
                Splice.count(usage, "output_tokens"),
                Splice.count(usage, "output_tokens_details", "thinking_tokens"));
    }

    MessagesUsage merge(MessagesUsage later) {
        return new MessagesUsage(
                latest(input, later.input),
                latest(cacheRead, later.cacheRead),
                latest(cacheWrite, later.cacheWrite),
                latest(output, later.output),
                latest(thinking, later.thinking));
    }

    Usage canonical() {
        OptionalLong total = input.isPresent() || cacheRead.isPresent() || cacheWrite.isPresent()
                ? OptionalLong.of(input.orElse(0) + cacheRead.orElse(0) + cacheWrite.orElse(0))
                : OptionalLong.empty();
        return new Usage(total, cacheRead, cacheWrite, output, thinking);
    }

    static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object()
                .put("input_tokens", usage.uncachedInput())
                .put("cache_creation_input_tokens", usage.cacheWrite().orElse(0))
                .put("cache_read_input_tokens", usage.cacheRead().orElse(0))
                .put("output_tokens", usage.output().orElse(0));
        usage.reasoning()
                .ifPresent(count -> node.putObject("output_tokens_details").put("thinking_tokens", count));
        return node;
    }

    private static OptionalLong latest(OptionalLong before, OptionalLong after) {
        return after.isPresent() ? after : before;
    }

    private static OptionalLong count(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(Math.max(0, value.longValue()))
                : OptionalLong.empty();
    }
}
