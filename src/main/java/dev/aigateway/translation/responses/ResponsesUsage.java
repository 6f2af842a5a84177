package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.splice.Splice;
import java.util.OptionalLong;

/** Token counts in this dialect's form; clients insist on both details (translation reference, section 13). Stateless. */
final class ResponsesUsage {
    private ResponsesUsage() {}

    static Usage read(JsonNode usage) {
        JsonNode input = usage.path("input_tokens_details");
        return new Usage(
                count(usage.path("input_tokens")),
                count(input.path("cached_tokens")),
                count(input.path("cache_write_tokens")),
                count(usage.path("output_tokens")),
                count(usage.path("output_tokens_details").path("reasoning_tokens")));
    }

    /** The same as {@link #read}, by offsets. */
    static Usage scan(ByteSlice usage) {
        return new Usage(
                Splice.count(usage, "input_tokens"),
                Splice.count(usage, "input_tokens_details", "cached_tokens"),
                Splice.count(usage, "input_tokens_details", "cache_write_tokens"),
                Splice.count(usage, "output_tokens"),
                Splice.count(usage, "output_tokens_details", "reasoning_tokens"));
    }

    static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object().put("input_tokens", usage.input().orElse(0));
        node.putObject("input_tokens_details")
                .put("cached_tokens", usage.cacheRead().orElse(0))
                .put("cache_write_tokens", usage.cacheWrite().orElse(0));
        node.put("output_tokens", usage.output().orElse(0));
        node.putObject("output_tokens_details")
                .put("reasoning_tokens", usage.reasoning().orElse(0));
        return node.put("total_tokens", usage.total());
    }

    private static OptionalLong count(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(Math.max(0, value.longValue()))
                : OptionalLong.empty();
    }
}
