package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.SignatureCarrier;
import dev.aigateway.translation.tools.Arguments;
import dev.aigateway.translation.tools.CallIds;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a whole answer as a {@code message} (translation reference, sections 5.3 and 7.3). Stateless. */
final class MessagesAnswerWriter {
    private static final String ID_PREFIX = "msg_";
    private static final Pattern FOREIGN_PREFIX = Pattern.compile("^(chatcmpl-|cmpl-|resp_)");

    private MessagesAnswerWriter() {}

    static byte[] write(Answer answer, AnswerContext context) {
        Answer.Candidate candidate = answer.first();
        ObjectNode body = message(answer.id(), context);
        ArrayNode content = body.putArray("content");
        boolean carriers = showsThinking(context);
        candidate.blocks().forEach(block -> {
            if (carriers
                    && block instanceof Block.ToolCall call
                    && call.signature().isPresent()) {
                thinking("", call.signature(), content);
            }
            block(block, content);
        });
        body.put("stop_reason", MessagesStopReasons.write(candidate.reason(), candidate.callsTool()));
        body.put("stop_sequence", stopSequence(candidate.reason(), candidate.stopSequence()));
        details(body);
        body.set("usage", MessagesUsage.write(answer.usage()));
        return Json.bytes(body);
    }

    /** The fields with which both a whole answer and a stream begin. */
    static ObjectNode message(String upstreamId, AnswerContext context) {
        return Json.object()
                .put("id", id(upstreamId, context))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", context.model());
    }

    /** What only Anthropic's own answers can tell, but clients look for in all. */
    static void details(ObjectNode holder) {
        holder.putNull("stop_details").putNull("container");
    }

    /** Whether the client expects thinking blocks, which can then also carry what has no place of its own. */
    static boolean showsThinking(AnswerContext context) {
        return switch (context.request().reasoning().depth()) {
            case Reasoning.Depth.Unset ignored -> false;
            case Reasoning.Depth.Off ignored -> false;
            case Reasoning.Depth.Adaptive ignored -> true;
            case Reasoning.Depth.ByEffort ignored -> true;
            case Reasoning.Depth.ByBudget ignored -> true;
        };
    }

    static String signature(Optional<Signature> signature) {
        return signature
                .map(value -> SignatureCarrier.write(value, Vendor.ANTHROPIC))
                .orElse("");
    }

    static @Nullable String stopSequence(StopReason reason, Optional<String> sequence) {
        return reason == StopReason.STOP_SEQUENCE ? sequence.orElse(null) : null;
    }

    static ObjectNode redacted(Vendor vendor, String data) {
        return Json.object()
                .put("type", "redacted_thinking")
                .put("data", SignatureCarrier.write(new Signature(vendor, data), Vendor.ANTHROPIC));
    }

    private static String id(String upstreamId, AnswerContext context) {
        if (upstreamId.startsWith(ID_PREFIX)) {
            return upstreamId;
        }
        String body = upstreamId.isEmpty() ? context.requestId() : upstreamId;
        return ID_PREFIX + FOREIGN_PREFIX.matcher(body).replaceFirst("");
    }

    private static void thinking(String text, Optional<Signature> signature, ArrayNode content) {
        if (!text.isEmpty() || signature.isPresent()) {
            content.addObject().put("type", "thinking").put("thinking", text).put("signature", signature(signature));
        }
    }

    private static void block(Block block, ArrayNode content) {
        switch (block) {
            case Block.Text text -> {
                if (!text.text().isEmpty()) {
                    content.addObject().put("type", "text").put("text", text.text());
                }
            }
            case Block.Refusal(var words) ->
                content.addObject().put("type", "text").put("text", words);
            case Block.Thinking(var text, var signature) -> thinking(text, signature, content);
            case Block.RedactedThinking(var vendor, var data) -> content.add(redacted(vendor, data));
            case Block.ToolCall call ->
                content.addObject()
                        .put("type", "tool_use")
                        .put("id", CallIds.legal(call.id()))
                        .put("name", call.name())
                        .set("input", Json.verbatim(Arguments.object(call.arguments())));
            default -> {}
        }
    }
}
