package dev.aigateway.translation.completions;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.translation.AnswerContext;
import java.util.regex.Pattern;

/** What whole answers and streams of this dialect have in common. Stateless. */
final class CompletionsEcho {
    /** Asks for the prompt before the answer; the gateway puts it there itself. */
    static final String FIELD = "echo";

    private static final String ID_PREFIX = "cmpl-";
    private static final Pattern FOREIGN_PREFIX = Pattern.compile("^(chatcmpl-|msg_|resp_)");

    private CompletionsEcho() {}

    static String id(String upstreamId, AnswerContext context) {
        if (upstreamId.startsWith(ID_PREFIX)) {
            return upstreamId;
        }
        String body = upstreamId.isEmpty() ? context.requestId() : upstreamId;
        return ID_PREFIX + FOREIGN_PREFIX.matcher(body).replaceFirst("");
    }

    /** The prompt where the client wants it repeated, else nothing. */
    static String prompt(Conversation request) {
        return request.extensions().containsKey(FIELD)
                        && request.turns().getFirst().blocks().getFirst() instanceof Block.Text text
                ? text.text()
                : "";
    }

    /** @param refusalText whether the answer holds the model's words of refusal */
    static String finish(StopReason reason, boolean refusalText) {
        return switch (reason) {
            case END, STOP_SEQUENCE, PAUSE, TOOL_USE -> "stop";
            case LENGTH, CONTEXT -> "length";
            case FILTER -> "content_filter";
            case REFUSAL -> refusalText ? "stop" : "content_filter";
        };
    }
}
