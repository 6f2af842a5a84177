package dev.aigateway.dispatch.history;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Signature;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an upstream wants back with a tool call, and a client may not be able to give.
 *
 * @param tool the name of the tool
 * @param before signed thinking of the same step that came before any text of it
 * @param close signed thinking between that text and the call
 * @param signature the call's own
 */
record SignedCall(String tool, List<Block> before, List<Block> close, Optional<Signature> signature) {
    boolean isEmpty() {
        return before.isEmpty() && close.isEmpty() && signature.isEmpty();
    }

    /** The memory it takes, about. */
    long bytes() {
        long thinking = Stream.concat(before.stream(), close.stream())
                .mapToLong(SignedCall::bytes)
                .sum();
        return thinking + tool.length() + signature.map(SignedCall::bytes).orElse(0L);
    }

    private static long bytes(Block block) {
        return switch (block) {
            case Block.Thinking(var text, var signature) ->
                2L * text.length() + signature.map(SignedCall::bytes).orElse(0L);
            case Block.RedactedThinking(var vendor, var data) -> data.length();
            default -> 0;
        };
    }

    private static long bytes(Signature signature) {
        return signature.data().length()
                + signature.itemId().map(String::length).orElse(0);
    }
}
