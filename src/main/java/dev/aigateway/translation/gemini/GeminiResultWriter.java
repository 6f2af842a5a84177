package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Source;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.CallIds;
import dev.aigateway.translation.tools.ToolNames;
import java.util.List;
import java.util.Optional;

/**
 * Writes tool results as function responses, one for each call. Their text always stands in the same form, whatever it
 * looks like; pictures stand inside the response for Gemini 3 and behind the last response for others (translation
 * reference, section 10.4).
 */
final class GeminiResultWriter {
    private final Conversation conversation;
    private final ToolNames names;
    private final TranslationNotes notes;
    private final GeminiPartWriter parts;
    private final boolean gemini3;

    GeminiResultWriter(
            Conversation conversation, Target target, ToolNames names, TranslationNotes notes, GeminiPartWriter parts) {
        this.conversation = conversation;
        this.names = names;
        this.notes = notes;
        this.parts = parts;
        this.gemini3 = GeminiRequestWriter.isGemini3(target);
    }

    ArrayNode write(List<Block.ToolResult> results, List<Block.ToolCall> calls) {
        ArrayNode content = Json.array();
        ArrayNode media = Json.array();
        results.forEach(result -> content.addObject().set("functionResponse", response(result, calls, media)));
        if (!media.isEmpty()) {
            notes.approximated(Field.TOOL_RESULT.in(conversation));
        }
        return content.addAll(media);
    }

    private ObjectNode response(Block.ToolResult result, List<Block.ToolCall> calls, ArrayNode outside) {
        parts.noteCache(result.cache());
        ObjectNode node = Json.object();
        if (gemini3) {
            node.put("id", CallIds.legal(result.callId()));
        }
        node.put("name", name(result, calls));
        ArrayNode media = Json.array();
        String text = text(result, media);
        node.putObject("response").put(result.error() ? "error" : "output", text);
        if (gemini3 && !media.isEmpty()) {
            node.set("parts", media);
        } else {
            outside.addAll(media);
        }
        return node;
    }

    private String name(Block.ToolResult result, List<Block.ToolCall> calls) {
        return calls.stream()
                .filter(call -> call.id().equals(result.callId()))
                .findFirst()
                .map(call -> names.upstream(call.name(), call.namespace()))
                .or(() -> result.name().map(name -> names.upstream(name, Optional.empty())))
                .orElse(result.callId());
    }

    private String text(Block.ToolResult result, ArrayNode media) {
        StringBuilder text = new StringBuilder();
        for (Block block : result.content()) {
            switch (block) {
                case Block.Text said -> line(text, said.text());
                case Block.Document document
                when document.source() instanceof Source.PlainText(var words) -> {
                    notes.approximated(Field.TOOL_RESULT.in(conversation));
                    line(text, words);
                }
                case Block.Opaque(var dialect, var type, var raw) -> {
                    notes.approximated(Field.TOOL_RESULT.in(conversation));
                    line(text, raw.text());
                }
                case Block.Image image -> parts.write(image, media);
                case Block.Document document -> parts.write(document, media);
                case Block.Audio audio -> parts.write(audio, media);
                case Block.Video video -> parts.write(video, media);
                default -> notes.dropped(Field.TOOL_RESULT.in(conversation));
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String more) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(more);
    }
}
