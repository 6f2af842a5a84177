package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.splice.Splice;
import java.util.OptionalLong;
import java.util.function.Function;

/** Token counts in Gemini's form, where thoughts stand beside the answer (translation reference, section 13). Stateless. */
final class GeminiUsage {
    private GeminiUsage() {}

    static Usage read(JsonNode metadata) {
        return read(name -> count(metadata.path(name)));
    }

    /** @param counts the count of a name */
    static Usage read(Function<String, OptionalLong> counts) {
        OptionalLong prompt = counts.apply("promptTokenCount");
        OptionalLong tools = counts.apply("toolUsePromptTokenCount");
        OptionalLong thoughts = counts.apply("thoughtsTokenCount");
        OptionalLong input = prompt.isPresent() || tools.isPresent()
                ? OptionalLong.of(prompt.orElse(0) + tools.orElse(0))
                : OptionalLong.empty();
        return new Usage(
                input,
                counts.apply("cachedContentTokenCount"),
                OptionalLong.empty(),
                output(counts, input.orElse(0), thoughts),
                thoughts);
    }

    /** The same for counts that are found by offsets. */
    static Usage scan(ByteSlice usage) {
        return read(name -> Splice.count(usage, name));
    }

    /** Thoughts included; what is left of the total where the answer itself is not counted. */
    private static OptionalLong output(Function<String, OptionalLong> counts, long input, OptionalLong thoughts) {
        OptionalLong answer = counts.apply("candidatesTokenCount");
        OptionalLong total = counts.apply("totalTokenCount");
        if (answer.isPresent()) {
            return OptionalLong.of(answer.getAsLong() + thoughts.orElse(0));
        }
        return total.isPresent() ? OptionalLong.of(Math.max(0, total.getAsLong() - input)) : thoughts;
    }

    static ObjectNode write(Usage usage) {
        long output = usage.output().orElse(0);
        ObjectNode node = Json.object()
                .put("promptTokenCount", usage.input().orElse(0))
                .put(
                        "candidatesTokenCount",
                        Math.max(0, output - usage.reasoning().orElse(0)))
                .put("totalTokenCount", usage.total());
        usage.cacheRead().ifPresent(count -> node.put("cachedContentTokenCount", count));
        usage.reasoning().ifPresent(count -> node.put("thoughtsTokenCount", count));
        return node;
    }

    private static OptionalLong count(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(Math.max(0, value.longValue()))
                : OptionalLong.empty();
    }
}
