package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.TokenLogprob;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.OpenAiLogprobs;
import dev.aigateway.translation.SignatureCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a whole answer as a {@code chat.completion} (translation reference, sections 3.2 and 7.3). Stateless. */
final class ChatAnswerWriter {
    static final String BETWEEN_THOUGHTS = "\n\n";

    private static final String ID_PREFIX = "chatcmpl-";
    private static final Pattern FOREIGN_PREFIX = Pattern.compile("^(msg|resp)_");

    private ChatAnswerWriter() {}

    static byte[] write(Answer answer, AnswerContext context) {
        ObjectNode body = Json.object()
                .put("id", id(answer.id(), context))
                .put("object", "chat.completion")
                .put("created", context.created().getEpochSecond())
                .put("model", context.model());
        ArrayNode choices = body.putArray("choices");
        for (int i = 0; i < answer.candidates().size(); i++) {
            choices.add(choice(i, answer.candidates().get(i)));
        }
        body.set("usage", ChatUsage.write(answer.usage()));
        return Json.bytes(body);
    }

    static String id(String upstreamId, AnswerContext context) {
        if (upstreamId.startsWith(ID_PREFIX)) {
            return upstreamId;
        }
        String body = upstreamId.isEmpty() ? context.requestId() : upstreamId;
        return ID_PREFIX + FOREIGN_PREFIX.matcher(body).replaceFirst("");
    }

    /** Citations of documents have no URL, without which an annotation says nothing. */
    static boolean isOfPage(Citation citation) {
        return !citation.url().isEmpty();
    }

    static ObjectNode annotation(Citation citation) {
        ObjectNode node = Json.object().put("type", "url_citation");
        ObjectNode inner = node.putObject("url_citation");
        if (citation.start() >= 0) {
            inner.put("start_index", citation.start()).put("end_index", citation.end());
        }
        citation.title().ifPresent(title -> inner.put("title", title));
        inner.put("url", citation.url());
        return node;
    }

    private static ObjectNode choice(int index, Answer.Candidate candidate) {
        StringBuilder text = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        List<String> thoughts = new ArrayList<>();
        ArrayNode details = Json.array();
        ArrayNode calls = Json.array();
        ArrayNode annotations = Json.array();
        List<TokenLogprob> scored = new ArrayList<>();
        for (Block block : candidate.blocks()) {
            switch (block) {
                case Block.Text said -> {
                    said.citations().stream()
                            .filter(ChatAnswerWriter::isOfPage)
                            .forEach(citation -> annotations.add(
                                    annotation(citation.shifted(text.codePointCount(0, text.length())))));
                    text.append(said.text());
                    scored.addAll(said.logprobs());
                }
                case Block.Refusal(var words) -> refusal.append(words);
                case Block.Thinking(var thought, var signature) -> {
                    thoughts.add(thought);
                    signature.ifPresent(value -> details.add(ChatReasoning.signed(thought, value, details.size())));
                }
                case Block.RedactedThinking(var vendor, var data) ->
                    details.add(ChatReasoning.redacted(vendor, data, details.size()));
                case Block.ToolCall call -> calls.add(call(call));
                default -> {}
            }
        }
        ObjectNode message = Json.object().put("role", "assistant");
        message.put("content", text.isEmpty() && !(calls.isEmpty() && refusal.isEmpty()) ? null : text.toString());
        message.put("refusal", refusal.isEmpty() ? null : refusal.toString());
        String reasoning = String.join(
                BETWEEN_THOUGHTS,
                thoughts.stream().filter(thought -> !thought.isEmpty()).toList());
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning);
        }
        putUnlessEmpty(message, "reasoning_details", details);
        putUnlessEmpty(message, "annotations", annotations);
        putUnlessEmpty(message, "tool_calls", calls);
        ObjectNode choice = Json.object().put("index", index);
        choice.set("message", message);
        choice.set("logprobs", scored.isEmpty() ? null : logprobs(scored));
        return choice.put("finish_reason", ChatStopReasons.write(candidate.reason(), !refusal.isEmpty()));
    }

    static ObjectNode logprobs(List<TokenLogprob> tokens) {
        ObjectNode logprobs = Json.object();
        logprobs.set("content", OpenAiLogprobs.write(tokens));
        return logprobs.putNull("refusal");
    }

    private static void putUnlessEmpty(ObjectNode message, String name, ArrayNode array) {
        if (!array.isEmpty()) {
            message.set(name, array);
        }
    }

    private static ObjectNode call(Block.ToolCall call) {
        boolean custom = call.kind() == ToolKind.CUSTOM;
        ObjectNode node = Json.object().put("id", call.id()).put("type", custom ? "custom" : "function");
        node.putObject(custom ? "custom" : "function")
                .put("name", call.name())
                .put(custom ? "input" : "arguments", call.arguments());
        call.signature()
                .ifPresent(signature -> node.putObject("extra_content")
                        .putObject("google")
                        .put("thought_signature", SignatureCarrier.write(signature, Vendor.GOOGLE)));
        return node;
    }
}
