package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.OpenAiLogprobs;
import dev.aigateway.translation.tools.Fingerprint;
import java.util.List;
import java.util.Optional;

/** The output items of an answer, the same in a whole answer and in the events of a stream (section 4.2). Stateless. */
final class ResponsesItems {
    private static final int ID_DIGITS = 32;

    private ResponsesItems() {}

    /**
     * An id that is unique in the answer and the same wherever the item is named, also where the answer is written once more
     * with all signatures.
     *
     * @param block the number of the block that the item tells of
     */
    static String id(String prefix, String requestId, int block) {
        return prefix + Fingerprint.of(requestId + "\n" + block, ID_DIGITS);
    }

    /** The id of the item that carries a call's signature. */
    static String carrierId(String callItemId) {
        return "rs_" + callItemId.substring(callItemId.indexOf('_') + 1);
    }

    static ObjectNode message(String id, String status, ArrayNode content) {
        ObjectNode item = Json.object()
                .put("id", id)
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant");
        item.set("content", content);
        return item;
    }

    static ObjectNode textPart(String text, ArrayNode annotations, List<TokenLogprob> logprobs) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.set("annotations", annotations);
        part.set("logprobs", OpenAiLogprobs.write(logprobs));
        return part;
    }

    static ObjectNode refusalPart(String words) {
        return Json.object().put("type", "refusal").put("refusal", words);
    }

    static ObjectNode reasoning(String id, String text, Optional<String> encrypted) {
        ObjectNode item = Json.object().put("id", id).put("type", "reasoning");
        ArrayNode summary = item.putArray("summary");
        if (!text.isEmpty()) {
            summary.add(summaryPart(text));
        }
        encrypted.ifPresent(value -> item.put("encrypted_content", value));
        return item;
    }

    static ObjectNode summaryPart(String text) {
        return Json.object().put("type", "summary_text").put("text", text);
    }

    /** @param input the arguments or, for a custom tool, the free text */
    static ObjectNode call(String id, String status, Call call, String input) {
        if (call.isClientTool()) {
            return ClientToolItems.call(id, status, call, input);
        }
        boolean custom = call.kind == ToolKind.CUSTOM;
        ObjectNode item = Json.object()
                .put("id", id)
                .put("type", custom ? "custom_tool_call" : "function_call")
                .put("status", status)
                .put("call_id", call.id)
                .put("name", call.name);
        call.namespace.ifPresent(namespace -> item.put("namespace", namespace));
        return item.put(custom ? "input" : "arguments", input);
    }

    /** What a call item says beside its input. */
    record Call(String id, String name, Optional<String> namespace, ToolKind kind) {
        String prefix() {
            return switch (kind) {
                case FUNCTION -> "fc_";
                case CUSTOM -> "ctc_";
                case LOCAL_SHELL -> "lsh_";
                case SHELL -> "sh_";
                case APPLY_PATCH -> "apc_";
            };
        }

        /** Arguments are never nothing. */
        String emptyInput() {
            return kind == ToolKind.CUSTOM ? "" : "{}";
        }

        /** Whether it is told as an action instead of as arguments. */
        boolean isClientTool() {
            return ClientToolItems.isClientTool(kind);
        }
    }

    /** @param text what the citation is about; one without a place counts for all of it */
    static JsonNode annotation(Citation citation, CharSequence text) {
        boolean placed = citation.start() >= 0;
        String whole = text.toString();
        return Json.object()
                .put("type", "url_citation")
                .put("start_index", placed ? citation.start() : 0)
                .put("end_index", placed ? citation.end() : whole.codePointCount(0, whole.length()))
                .put("url", citation.url())
                .put("title", citation.title().orElse(""));
    }
}
