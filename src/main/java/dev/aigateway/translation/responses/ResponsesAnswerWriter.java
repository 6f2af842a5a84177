package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.Json;
import java.util.Optional;

/** Writes a whole answer as a response object, one item for each block (sections 4.2 and 7.3). Confined to one answer. */
final class ResponsesAnswerWriter {
    private final AnswerContext context;
    private final String lastStatus;
    private final ArrayNode output;
    private int block = -1;
    private int left;

    private ResponsesAnswerWriter(AnswerContext context, int blocks, String lastStatus, ArrayNode output) {
        this.context = context;
        this.left = blocks;
        this.lastStatus = lastStatus;
        this.output = output;
    }

    static byte[] write(Answer answer, AnswerContext context) {
        Answer.Candidate candidate = answer.first();
        ObjectNode response = ResponsesEcho.response(ResponsesEcho.id(answer.id(), context), context);
        boolean refused = candidate.blocks().stream().anyMatch(Block.Refusal.class::isInstance);
        ResponsesStatus.write(candidate.reason(), refused, response);
        String lastStatus = lastStatus(candidate.reason());
        ArrayNode output = response.putArray("output");
        ResponsesAnswerWriter writer =
                new ResponsesAnswerWriter(context, candidate.blocks().size(), lastStatus, output);
        candidate.blocks().forEach(writer::block);
        response.set("usage", ResponsesUsage.write(answer.usage()));
        return Json.bytes(response);
    }

    /** What the last item shows of the reason to stop. */
    static String lastStatus(StopReason reason) {
        return reason == StopReason.LENGTH || reason == StopReason.CONTEXT
                ? ResponsesStatus.INCOMPLETE
                : ResponsesStatus.COMPLETED;
    }

    private void block(Block block) {
        left--;
        this.block++;
        switch (block) {
            case Block.Text said -> {
                if (!said.text().isEmpty()) {
                    ArrayNode annotations = Json.array();
                    said.citations()
                            .forEach(citation -> annotations.add(ResponsesItems.annotation(citation, said.text())));
                    message(ResponsesItems.textPart(said.text(), annotations, said.logprobs()));
                }
            }
            case Block.Refusal(var words) -> message(ResponsesItems.refusalPart(words));
            case Block.Thinking(var text, var signature) -> thinking(text, signature);
            case Block.RedactedThinking(var vendor, var data) ->
                carrier(id("rs_"), ResponsesReasoning.redacted(vendor, data));
            case Block.ToolCall call -> call(call);
            case Block.Opaque(var dialect, var type, var raw)
            when dialect == Dialect.RESPONSES -> output.add(Json.tree(raw));
            default -> {}
        }
    }

    private void message(JsonNode part) {
        output.add(ResponsesItems.message(id("msg_"), status(), Json.array().add(part)));
    }

    private void thinking(String text, Optional<Signature> signature) {
        Optional<String> encrypted =
                signature.filter(ignored -> wantsEncrypted()).map(ResponsesReasoning::encrypted);
        if (!text.isEmpty() || encrypted.isPresent()) {
            output.add(ResponsesItems.reasoning(id("rs_"), text, encrypted));
        }
    }

    private void call(Block.ToolCall call) {
        ResponsesItems.Call head = new ResponsesItems.Call(call.id(), call.name(), call.namespace(), call.kind());
        String input = call.arguments().isEmpty() ? head.emptyInput() : call.arguments();
        String id = id(head.prefix());
        output.add(ResponsesItems.call(id, status(), head, input));
        call.signature()
                .ifPresent(signature ->
                        carrier(ResponsesItems.carrierId(id), ResponsesReasoning.ofCall(call.id(), signature)));
    }

    private void carrier(String id, String encrypted) {
        if (wantsEncrypted()) {
            output.add(ResponsesItems.reasoning(id, "", Optional.of(encrypted)));
        }
    }

    private boolean wantsEncrypted() {
        return context.request().reasoning().wantsEncrypted();
    }

    private String status() {
        return left == 0 ? lastStatus : ResponsesStatus.COMPLETED;
    }

    private String id(String prefix) {
        return ResponsesItems.id(prefix, context.requestId(), block);
    }
}
