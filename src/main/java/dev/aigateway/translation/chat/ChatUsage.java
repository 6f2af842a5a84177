package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.splice.Splice;
import java.util.OptionalLong;

/** Token counts in Chat's form (translation reference, section 13). Stateless. */
public final class ChatUsage {
    private ChatUsage() {}

    /** The same as {@link #read}, by offsets. */
    static Usage scan(ByteSlice usage) {
        return new Usage(
                Splice.count(usage, "prompt_tokens"),
                Splice.count(usage, "prompt_tokens_details", "cached_tokens"),
                Splice.count(usage, "prompt_tokens_details", "cache_write_tokens"),
                Splice.count(usage, "completion_tokens"),
                Splice.count(usage, "completion_tokens_details", "reasoning_tokens"));
    }

    static Usage read(JsonNode usage) {
        JsonNode prompt = usage.path("prompt_tokens_details");
        JsonNode completion = usage.path("completion_tokens_details");
        return new Usage(
                count(usage.path("prompt_tokens")),
                count(prompt.path("cached_tokens")),
                count(prompt.path("cache_write_tokens")),
                count(usage.path("completion_tokens")),
                count(completion.path("reasoning_tokens")));
    }

    public static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object()
                .put("prompt_tokens", usage.input().orElse(0))
                .put("completion_tokens", usage.output().orElse(0))
                .put("total_tokens", usage.total());
        if (usage.cacheRead().isPresent() || usage.cacheWrite().isPresent()) {
            ObjectNode details = node.putObject("prompt_tokens_details")
                    .put("cached_tokens", usage.cacheRead().orElse(0));
            usage.cacheWrite().ifPresent(count -> details.put("cache_write_tokens", count));
        }
        usage.reasoning()
                .ifPresent(count -> node.putObject("completion_tokens_details").put("reasoning_tokens", count));
        return node;
    }

    private static OptionalLong count(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(Math.max(0, value.longValue()))
                : OptionalLong.empty();
    }
}
