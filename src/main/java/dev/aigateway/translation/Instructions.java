package dev.aigateway.translation;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import java.util.List;

/** The leading instructions of a request on their way to another vendor. */
public final class Instructions {
    /** Claude Code's accounting line; it changes with every request and would defeat prompt caches. */
    private static final String BILLING = "x-anthropic-billing-header:";

    private Instructions() {}

    /** All instructions but those that only Anthropic understands, none of them empty. */
    public static List<Block.Text> forForeignVendor(Conversation conversation) {
        return conversation.system().stream()
                .filter(text -> !text.text().isEmpty() && !text.text().startsWith(BILLING))
                .toList();
    }
}
