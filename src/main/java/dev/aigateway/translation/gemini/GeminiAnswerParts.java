package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Signature;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.tools.Arguments;
import dev.aigateway.translation.tools.CustomTools;
import java.util.Optional;

/** The parts and heads of answers, whole or streamed (translation reference, sections 6.2 and 14.9). Stateless. */
final class GeminiAnswerParts {
    private GeminiAnswerParts() {}

    static ObjectNode text(String text) {
        return Json.object().put("text", text);
    }

    static ObjectNode thought(String text) {
        return Json.object().put("text", text).put("thought", true);
    }

    static ObjectNode call(Block.ToolCall call) {
        ObjectNode part = Json.object();
        ObjectNode node = part.putObject("functionCall").put("id", call.id()).put("name", call.name());
        node.set("args", Json.verbatim(Arguments.object(CustomTools.arguments(call))));
        return sign(part, call.signature());
    }

    static ObjectNode sign(ObjectNode part, Optional<Signature> signature) {
        signature.ifPresent(value -> part.put("thoughtSignature", GeminiSignatures.write(value)));
        return part;
    }

    /** What stands in every chunk after the candidates. */
    static void tail(ObjectNode chunk, String upstreamId, AnswerContext context) {
        chunk.put("modelVersion", context.model());
        chunk.put("responseId", upstreamId.isEmpty() ? context.requestId() : upstreamId);
    }

    /** Only clients that ask for thoughts expect parts that are none of the answer. */
    static boolean showsThoughts(AnswerContext context) {
        return context.request().reasoning().wantsText().orElse(false);
    }
}
