package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Turn;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.Arguments;
import dev.aigateway.translation.tools.CallIds;
import dev.aigateway.translation.tools.CustomTools;
import dev.aigateway.translation.tools.ToolNames;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of an assistant turn. Google's signatures go back on the part they came with; where Gemini 3 insists on
 * one that was lost, a stand-in takes its place (translation reference, sections 6.1 and 9.3). Confined to one request.
 */
final class GeminiModelTurnWriter {
    private final Conversation conversation;
    private final ToolNames names;
    private final TranslationNotes notes;
    private final GeminiPartWriter parts;
    private final boolean gemini3;

    /** A signature that came in a block of its own and belongs to the next part. */
    private @Nullable String waiting;

    GeminiModelTurnWriter(
            Conversation conversation, Target target, ToolNames names, TranslationNotes notes, GeminiPartWriter parts) {
        this.conversation = conversation;
        this.names = names;
        this.notes = notes;
        this.parts = parts;
        this.gemini3 = GeminiRequestWriter.isGemini3(target);
    }

    /** @param current whether the turn is part of the current one, whose first call of each step must be signed */
    ArrayNode parts(Turn turn, boolean current) {
        ArrayNode content = Json.array();
        boolean firstCall = true;
        waiting = null;
        for (Block block : turn.blocks()) {
            switch (block) {
                case Block.Thinking(var text, var signature) -> thinking(text, signature, content);
                case Block.RedactedThinking(var vendor, var data) ->
                    thinking("", Optional.of(new Signature(vendor, data)), content);
                case Block.ToolCall call -> {
                    ObjectNode part = content.addObject();
                    part.set("functionCall", call(call));
                    sign(part, call.signature(), firstCall && current && gemini3);
                    firstCall = false;
                }
                case Block.Text text -> text(text, content);
                default -> parts.write(block, content);
            }
        }
        if (waiting != null) {
            content.addObject().put("text", "").put("thoughtSignature", waiting);
        }
        return content;
    }

    private void thinking(String text, Optional<Signature> signature, ArrayNode content) {
        Optional<String> own = GeminiSignatures.upstream(signature);
        if (own.isEmpty()) {
            notes.dropped(Field.THINKING.in(conversation));
        } else if (text.isEmpty()) {
            waiting = own.get();
        } else {
            content.addObject().put("text", text).put("thought", true).put("thoughtSignature", own.get());
        }
    }

    private void text(Block.Text text, ArrayNode content) {
        boolean signed =
                waiting != null || GeminiSignatures.upstream(text.signature()).isPresent();
        if (text.text().isEmpty() && !signed) {
            return;
        }
        parts.noteText(text);
        sign(content.addObject().put("text", text.text()), text.signature(), false);
    }

    private void sign(ObjectNode part, Optional<Signature> signature, boolean required) {
        String before = waiting;
        waiting = null;
        Optional<String> own = GeminiSignatures.upstream(signature).or(() -> Optional.ofNullable(before));
        if (own.isEmpty() && required) {
            notes.approximated(Field.THINKING.in(conversation));
        }
        own.or(() -> required ? Optional.of(GeminiSignatures.BYPASS) : Optional.empty())
                .ifPresent(value -> part.put("thoughtSignature", value));
    }

    private ObjectNode call(Block.ToolCall call) {
        ObjectNode node = Json.object();
        if (gemini3) {
            node.put("id", CallIds.legal(call.id()));
        }
        String arguments = CustomTools.arguments(call);
        if (!arguments.isBlank() && !Arguments.isObject(arguments)) {
            notes.approximated(Field.ARGUMENTS.in(conversation));
        }
        if (call.cache().isPresent()) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
        node.put("name", names.upstream(call.name(), call.namespace()));
        node.set("args", Json.verbatim(Arguments.object(arguments)));
        return node;
    }
}
