package dev.aigateway.conversation;

import java.util.OptionalLong;

/**
 * Token counts of one answer, absolute and cumulative (translation reference, section 13).
 *
 * @param input everything in the prompt, cached tokens included
 * @param cacheRead the part of {@code input} that was served from a cache
 * @param cacheWrite the part of {@code input} that was written to a cache
 * @param output everything generated, reasoning included
 * @param reasoning the part of {@code output} spent on reasoning
 */
public record Usage(
        OptionalLong input,
        OptionalLong cacheRead,
        OptionalLong cacheWrite,
        OptionalLong output,
        OptionalLong reasoning) {
    public static final Usage UNKNOWN = new Usage(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    /** The later report wins field by field; a field that it does not name keeps its value. */
    public Usage merge(Usage later) {
        return new Usage(
                latest(input, later.input),
                latest(cacheRead, later.cacheRead),
                latest(cacheWrite, later.cacheWrite),
                latest(output, later.output),
                latest(reasoning, later.reasoning));
    }

    /** The prompt tokens that were neither read from nor written to a cache; never negative. */
    public long uncachedInput() {
        return Math.max(0, input.orElse(0) - cacheRead.orElse(0) - cacheWrite.orElse(0));
    }

    public long total() {
        return input.orElse(0) + output.orElse(0);
    }

    private static OptionalLong latest(OptionalLong before, OptionalLong after) {
        return after.isPresent() ? after : before;
    }
}
